/**
 * What the hub does in the background takes a moment: asks an address until its answer fits, for 30 seconds at most.
 */
module.exports = async function until(bru, url, fits, token = "token") {
  const address = bru.interpolate(url);
  const headers = { Authorization: "Bearer " + bru.interpolate(`{{${token}}}`) };
  let answer;
  for (let n = 0; n < 60; n++) {
    answer = await bru.sendRequest({ method: "GET", url: address, headers });
    if (answer.status === 200 && fits(answer.data)) {
      return;
    }
    await bru.sleep(500);
  }
  throw new Error(`${address} has not come to what was waited for: ${answer.status} ${JSON.stringify(answer.data)}`);
};
