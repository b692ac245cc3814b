import { lazy } from 'react';

/** What nobody needs to begin with: its code comes when it is opened. */
export const Gallery = lazy(() => import('./Gallery.tsx'));
export const InfoDialog = lazy(() => import('./InfoDialog.tsx'));
export const BookingDialog = lazy(() => import('./BookingDialog.tsx'));
export const SignIn = lazy(() => import('./SignIn.tsx'));
