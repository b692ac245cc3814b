package hub.media;

/**
 * A photo that is kept.
 *
 * @param token its name, which nobody can guess
 * @param url where a browser gets it
 */
public record Photo(String token, String url) {
}
