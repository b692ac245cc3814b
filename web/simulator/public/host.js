// What a site does to have the chat: one script tag. ?hub= names the hub, else it is this page's own;
// ?email= signs that person in, as a site would that knows its visitor; ?theme= and ?lang= are passed on.
const wishes = new URLSearchParams(location.search);
const hub = wishes.get('hub') ?? location.origin;

async function token() {
  const email = wishes.get('email');
  if (email === null) {
    return undefined;
  }
  const answer = await fetch('api/token', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ email }),
  });
  return (await answer.json()).access_token;
}

function embed(who) {
  const script = document.createElement('script');
  script.src = `${hub}/embed.js`;
  if (who !== undefined) {
    script.dataset.token = who;
  }
  for (const name of ['theme', 'lang', 'listing']) {
    if (wishes.has(name)) {
      script.dataset[name] = wishes.get(name);
    }
  }
  document.body.append(script);
}

addEventListener('inspakta', async () => {
  const fresh = await token();
  if (fresh !== undefined) {
    window.InspaktaChat.token(fresh);
  }
});
document.getElementById('ask').addEventListener('click', () => window.InspaktaChat.open('1'));
token().then(embed);
