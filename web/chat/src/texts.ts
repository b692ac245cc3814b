import { createContext, useContext } from 'react';

/** All that the page itself says; what the hub says comes in the visitor's language already. */
const en = {
  language: 'en',
  name: 'Inspakta chat',
  tagline: 'Find a home, ask if it is free, book a visit.',
  assistant: 'Inspakta assistant',
  agent: 'Agent',
  you: 'You',

  signIn: 'Sign in to chat',
  signInWhy: 'We send a 6-digit code to your e-mail address.',
  signedOut: 'Your sign-in has ended. Sign in again to go on where you were.',
  email: 'E-mail address',
  sendCode: 'Send me a code',
  codeSent: (email: string) => `If ${email} has an account, a code is on its way. It is valid for 5 minutes.`,
  code: '6-digit code',
  enter: 'Continue',
  otherEmail: 'Use another address',
  sendAgain: 'Send a new code',
  sendAgainIn: (seconds: number) => `New code in ${seconds} s`,
  badEmail: 'That does not look like an e-mail address.',
  badCode: 'That code is wrong, used or expired.',
  sixDigits: 'The code has 6 digits.',
  tooManyCodes: 'Too many codes were asked for. Please try again later.',
  signOut: 'Sign out',

  conversations: 'Conversations',
  newConversation: 'New conversation',
  noConversations: 'Nothing here yet',
  untitled: 'Conversation',
  unread: (count: number) => `${count} unread`,
  back: 'Back to conversations',
  close: 'Close',
  closeChat: 'Close chat',
  settings: 'Settings',
  colours: 'Colours',
  auto: 'Like the system',
  light: 'Light',
  dark: 'Dark',
  languageLabel: 'Language',

  online: 'Answers at once',
  connecting: 'Connecting …',
  noLine: 'Offline',
  offline: 'You are offline. What you write is sent as soon as you are back.',
  reconnecting: 'The connection was lost. Trying again …',
  loading: 'Loading …',
  earlier: 'Earlier messages',
  messages: 'Messages',
  newMessages: (count: number) => (count === 1 ? '1 new message' : `${count} new messages`),
  toEnd: 'To the latest message',
  message: 'Message',
  write: 'Write a message …',
  send: 'Send',
  tooLong: (left: number) => (left < 0 ? `${-left} characters too long` : `${left} characters left`),
  sending: 'Sending',
  waiting: 'Waiting for the connection',
  sent: 'Sent',
  notSent: 'Not sent',
  retry: 'Try again',
  discard: 'Delete',
  said: (who: string, time: string) => `${who}, ${time}`,

  homes: (count: number) => (count === 1 ? '1 home' : `${count} homes`),
  previous: 'Previous',
  next: 'Next',
  rating: (rating: string) => `Rated ${rating} of 5`,
  photos: 'Photos',
  photosOf: (title: string) => `Photos of ${title}`,
  photo: (at: number, of: number) => `Photo ${at} of ${of}`,
  info: 'Info',
  infoOf: (title: string) => `About ${title}`,
  check: 'Check',
  checkOf: (title: string) => `Ask if ${title} is available`,
  asked: 'Asked',
  checkAgain: 'Check again',
  checkStates: {
    asked: 'Waiting for the agent',
    available: 'Available',
    unavailable: 'Not available',
    expired: 'Not confirmed',
    failed: 'The agent could not be reached',
  },
  price: 'Price',
  availableFrom: 'Available from',
  bookNow: 'Book now',
  bookingOf: (title: string) => `Book a visit of ${title}`,
  askAgent: 'Write to the agent',

  beds: 'Bedrooms',
  baths: 'Bathrooms',
  size: 'Size',
  rent: 'Rent type',
  distance: 'Distance',
  stars: 'Rating',
  area: 'Area',
  amenities: 'Amenities',
  about: 'Description',

  book: 'Book a visit',
  chooseTime: 'When would you like to see it?',
  zone: (zone: string) => `Times are local to the property (${zone}).`,
  noSlots: 'There is no free time at the moment. Write to the agent to find one.',
  confirmAt: (when: string) => `Book ${when}`,
  chooseFirst: 'Choose a time',
  booking: 'Booking …',
  slotGone: 'Somebody was faster: that time is taken. These are still free.',
  booked: 'Your visit is booked',
  bookingId: 'Booking',
  where: 'Where',
  when: 'When',
  agentContact: 'Agent',
  remind: 'We remind you 24 hours before. Please bring a valid ID.',
  done: 'Done',

  unreachable: 'We can’t be reached at the moment.',
  tooMuch: 'That was a lot at once. Please wait a moment.',
  tooManyChecks: 'You have asked about several homes already. Please wait a while before you ask again.',
  notFound: 'That is not there any more.',
  failedGeneric: 'That did not work. Please try again.',
  dismiss: 'Dismiss',
};

export type Texts = typeof en;

/** English is there at once, another language comes when it is wanted. */
export const LANGUAGES: Readonly<Record<string, { name: string; load: () => Texts | Promise<Texts> }>> = {
  en: { name: 'English', load: () => en },
  fr: { name: 'Français', load: () => import('./texts.fr.ts').then(({ fr }) => fr) },
};

const KEY = 'inspakta.language';

/** @param asked what the host page wants, unless the visitor has chosen; else it is the browser's own */
export function findLanguage(asked?: string | null): string {
  let chosen: string | null = null;
  try {
    chosen = localStorage.getItem(KEY);
  } catch {
    // Without storage the browser's language it is.
  }
  const wanted = [chosen, asked, ...navigator.languages].map((language) => (language ?? '').slice(0, 2).toLowerCase());
  return wanted.find((language) => language in LANGUAGES) ?? 'en';
}

export function keepLanguage(language: string): void {
  try {
    localStorage.setItem(KEY, language);
  } catch {
    // Without storage the choice lasts as long as the page.
  }
}

export const TextsContext = createContext<Texts>(en);

export function useTexts(): Texts {
  return useContext(TextsContext);
}
