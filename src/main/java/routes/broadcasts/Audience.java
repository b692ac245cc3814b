package routes.broadcasts;

/**
 * Whom a broadcast is for; null is any.
 *
 * @param role what they are on the platform, such as {@code seeker}
 * @param language what they are written in, such as {@code fr}
 * @param area the part of town that a seeker looks in, or that an agent has a listing in
 */
record Audience(String role, String language, String area) {
}
