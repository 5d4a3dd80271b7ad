// The windows that every page has to fit, and what does not fit in one.

const height = 640 // px, of a small phone

export const windows = [
  { name: 'at 320 px', width: 320, height, letters: 1 }, // WCAG 1.4.10
  { name: 'at 360 px with letters of twice the size', width: 360, height, letters: 2 }, // WCAG 1.4.4
]

const usual = 16 // px, the size of letters in a browser in which nobody chose one

// windowOf gives what puts a tab into a window. It holds for every page that the tab then shows: the letters are
// those of the browser's own setting.
export async function windowOf(tab) {
  const chromium = await tab.context().newCDPSession(tab)
  return async ({ width, height, letters }) => {
    await tab.setViewportSize({ width, height })
    await chromium.send('Page.setFontSizes', { fontSizes: { standard: usual * letters } })
  }
}

// tooWide names what reaches past the edge where the page has to be scrolled sideways.
export function tooWide(tab) {
  return tab.evaluate(() => {
    const width = document.documentElement.clientWidth
    if (document.documentElement.scrollWidth <= width) return []
    const past = [...document.body.querySelectorAll('*')].filter((e) => e.getBoundingClientRect().right > width + 1 || e.getBoundingClientRect().left < -1)
    return [`${document.documentElement.scrollWidth} px in a window of ${width}`, ...past.map((e) => e.outerHTML.slice(0, 120))]
  })
}
