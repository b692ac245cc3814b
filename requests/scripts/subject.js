/** Whom a token speaks for. */
module.exports = function subject(token) {
  return JSON.parse(Buffer.from(token.split(".")[1], "base64url").toString()).sub;
};
