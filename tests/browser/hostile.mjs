// A made-up list of the worst that a list can hold, served for the tests.
import { spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { serve } from './serve.mjs'

const columns = ['id', 'name', 'site_type', 'kind', 'access_point', 'address', 'city', 'region', 'country', 'lat', 'lon', 'phone', 'url', 'hours_raw', 'hours_scope',
  'supplies', 'cost', 'languages', 'source_url', 'source_publisher', 'source_date']

const long = (text) => text.repeat(Math.ceil(300 / text.length)).slice(0, 300)

export const names = [
  long('Example Center for Everybody Who Needs Something '),
  long('Donaudampfschifffahrtsgesellschaft'),
  long('示例中心'),
  long('مركز المثال '),
  long('<script>alert(1)</script>'),
  long('"Quotes" & <b>tags</b> \\ } */ </style> '),
  'Alder Example',
]

// Forty rules: each day has another hour in each season and week.
const rules = Array.from({ length: 40 }, (_, i) => `${['Mo', 'Tu', 'We', 'Th', 'Fr', 'Sa', 'Su'][i % 7]}[${1 + (i % 4)}] ${8 + (i % 5)}:${i < 20 ? '00' : '30'}-${14 + (i % 7)}:00`).join('; ')

const phones = Array.from({ length: 12 }, (_, i) => `555-555-01${String(i).padStart(2, '0')}`).join(';')

// Corners of states that are about rectangles, so that what is put between them lies in them.
const states = { SD: [-103, 43.2, -97, 45.5], WY: [-110.5, 41.2, -104.5, 44.5], KS: [-101.5, 37.2, -95, 39.8], CO: [-108.5, 37.2, -102.5, 40.8] }

function row(region, i, more = {}) {
  const [west, south, east, north] = states[region]
  const at = (from, to, step) => (from + (to - from) * ((i * step) % 1)).toFixed(5)
  return {
    id: `us-${region.toLowerCase()}-example-${i}`, name: `Example Box ${i}`, site_type: 'box', address: `${i} Example Street`, city: `Example Town ${i % 40}`, region, country: 'US',
    lat: at(south, north, 0.7548776662), lon: at(west, east, 0.569840291), phone: `555-555-01${String(i % 100).padStart(2, '0')}`, hours_raw: 'Mo-Fr 09:00-17:00; Sa 10:00-14:00', hours_scope: 'supply',
    supplies: 'naloxone;fentanyl_test_strips', cost: 'free', source_url: 'https://example.org/list', source_publisher: 'Example County', source_date: '2026-10', ...more,
  }
}

const strange = [
  ...names.map((name) => ({ name, address: name, access_point: name, source_publisher: name })),
  { phone: '' }, { phone: '', url: `https://example.org/${long('a')}`, supplies: '', cost: '', hours_raw: '' }, { phone: phones },
  { hours_raw: rules }, { hours_raw: long('call ') }, { hours_raw: '24/7' }, { lat: '', lon: '', city: '', address: '' },
  { kind: 'mail_order', site_type: 'mail_order', lat: '', lon: '', address: '', city: '' },
  { languages: 'es;vi;ru;ar;zh;ko;pt;fr', supplies: 'naloxone_nasal_4mg;fentanyl_test_strips;xylazine_test_strips;drug_checking;syringes;syringe_disposal;wound_care;condoms;hygiene_kit;menstrual;hiv_hcv_test;rescue_mask' },
]

export const areas = { none: '/us/nd', one: '/us/sd', strange: '/us/wy', many: '/us/ks', most: '/us/co' }

const places = [
  row('SD', 1),
  ...strange.map((more, i) => row('WY', i + 1, more)),
  ...Array.from({ length: 500 }, (_, i) => row('KS', i + 1)),
  ...Array.from({ length: 5000 }, (_, i) => row('CO', i + 1)),
]

const findings = 64 << 20 // bytes: a warning or two for each row, for its town is made up

const field = (text) => `"${String(text ?? '').replaceAll('"', '""')}"`

// serveHostile makes an edition of them in a folder, and serves it.
export async function serveHostile(folder) {
  const file = join(folder, 'hostile.csv')
  const dir = join(folder, 'editions')
  mkdirSync(dir)
  writeFileSync(file, [columns.join(','), ...places.map((place) => columns.map((c) => field(place[c])).join(','))].join('\n'))
  const { status, stderr } = spawnSync(process.env.CARRYPOINT, ['edition', 'build', file, '--dir', dir], { encoding: 'utf8', maxBuffer: findings })
  if (status !== 0) throw new Error(`the hostile list makes no edition: ${stderr?.slice(-2000)}`)
  return serve(process.env.CARRYPOINT, folder, '--dir', dir)
}
