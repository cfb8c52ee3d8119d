// Runs in the head, before anything is painted, so that a chosen theme never flashes in the other one.
// It reads the choice that `chooseTheme` of the components keeps; the browser tests hold the two together.
{
  const page = document.documentElement
  try {
    const choice = localStorage.getItem('tollkeeper.theme')
    if (choice === 'light' || choice === 'dark') page.dataset.theme = choice
  } catch {
    // Without storage nothing was chosen: the machine's theme holds.
    delete page.dataset.theme
  }
}
