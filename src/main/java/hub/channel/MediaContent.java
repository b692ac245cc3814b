package hub.channel;

/**
 * Something that a person sent, as the provider kept it.
 *
 * @param bytes the content, never empty
 * @param contentType the MIME type that the provider claims, without parameters and in
 * lower case; null when it does not say
 */
public record MediaContent(byte[] bytes, String contentType) {

	/**
	 * What can be logged.
	 * @return size and type, never the content
	 */
	@Override
	public String toString() {
		return "MediaContent[" + this.bytes.length + " bytes, " + this.contentType + "]";
	}

}
