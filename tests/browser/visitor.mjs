// A visitor presses only what is in sight, and never scrolls sideways.
import assert from 'node:assert/strict'
import { tooWide } from './windows.mjs'

// fits fails where a page has to be scrolled sideways.
export async function fits(tab) {
  assert.deepEqual(await tooWide(tab), [], tab.url())
}

// inSight fails where the page does not fit its window, or something in it is past an edge.
export async function inSight(what) {
  await fits(what.page())
  const { box, width, height } = await what.evaluate((e) => ({ box: e.getBoundingClientRect().toJSON(), width: document.documentElement.clientWidth, height: innerHeight }))
  const seen = box.left >= -1 && box.right <= width + 1 && box.top >= -1 && (box.bottom <= height + 1 || box.height > height)
  assert.ok(seen, `${what} is past an edge of a window of ${width} × ${height}, at ${JSON.stringify(box)}`)
}

// press scrolls to something and presses it.
export async function press(what) {
  await what.scrollIntoViewIfNeeded()
  await inSight(what)
  await what.click()
}

// follow presses what leads to another page, and waits for that.
export const follow = (what) => Promise.all([what.page().waitForNavigation(), press(what)])

// back leaves a page by the browser's own button.
export async function back(tab) {
  await fits(tab)
  await tab.goBack()
}
