export const text = {
  hereOnly: 'The theme holds on this device only',
  hereOnlyNext: 'It could not be saved to your account. Choose it again to try once more.',
}
