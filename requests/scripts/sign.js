const { createHmac } = require("crypto");

/** The fields that a request will send, once their variables are filled in. */
function fields(req, bru) {
  return req.getBody().map(({ name, value }) => ({ name, value: bru.interpolate(value), enabled: true }));
}

module.exports = {
  /** Meta signs the very bytes of the body with the app's secret. */
  meta(req, bru) {
    const body = bru.interpolate(req.getBody({ raw: true }));
    req.setBody(body, { raw: true });
    const secret = bru.interpolate("{{appSecret}}");
    req.setHeader("X-Hub-Signature-256", "sha256=" + createHmac("sha256", secret).update(body).digest("hex"));
  },

  /** Twilio signs the address as the world knows it, and after it all fields in the order of their names, with the account's token. */
  twilio(req, bru) {
    const form = fields(req, bru);
    req.setBody(form, { raw: true });
    const address = bru.interpolate(req.getUrl().replace("{{address}}", "{{publicAddress}}"));
    const signed = form
      .sort((one, other) => (one.name < other.name ? -1 : 1))
      .reduce((text, { name, value }) => text + name + value, address);
    const token = bru.interpolate("{{twilioToken}}");
    req.setHeader("X-Twilio-Signature", createHmac("sha1", token).update(signed).digest("base64"));
  },
};
