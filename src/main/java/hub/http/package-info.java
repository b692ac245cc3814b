/**
 * What all HTTP interfaces share: problem documents, limits, paths.
 */
package hub.http;
