// Stand-ins for the four tags: the stubs of their snippets, and `arrive()`, which does what their scripts do when they
// have loaded. What would go to the platforms is in `sent`.
document.cookie = '_fbp=fb.1.1596403881668.1116446470; path=/'
document.cookie = '_ttp=2abcDEF; path=/'
document.cookie = '_ga=GA1.1.1.2; path=/'
window.sent = { fbq: [], ttq: [], gtag: [], lintrk: [] }

;(function (f, n) {
  if (f.fbq) return
  n = f.fbq = function () { n.callMethod ? n.callMethod.apply(n, arguments) : n.queue.push(arguments) }
  if (!f._fbq) f._fbq = n
  n.push = n
  n.loaded = true
  n.version = '2.0'
  n.queue = []
})(window)

window.ttq = window.ttq || []
;['page', 'track', 'identify'].forEach(function (method) {
  ttq[method] = function () { ttq.push([method].concat(Array.prototype.slice.call(arguments))) }
})

window.lintrk = function (command, details) { window.lintrk.q.push([command, details]) }
window.lintrk.q = []

window.dataLayer = window.dataLayer || []
window.gtag = function () { dataLayer.push(arguments) }

window.arrive = function () {
  fbq.callMethod = function () { sent.fbq.push(Array.from(arguments)) }
  while (fbq.queue.length) fbq.callMethod.apply(fbq, fbq.queue.shift())
  var waiting = ttq.splice(0)
  ;['page', 'track'].forEach(function (method) {
    ttq[method] = function () { sent.ttq.push([method].concat(Array.from(arguments))) }
  })
  waiting.forEach(function (call) { ttq[call[0]].apply(ttq, call.slice(1)) })
  var calls = window.lintrk.q
  window.lintrk = function () { sent.lintrk.push(Array.from(arguments)) }
  calls.forEach(function (call) { window.lintrk.apply(null, call) })
  dataLayer.forEach(function (call) { sent.gtag.push(Array.from(call)) })
  document.head.appendChild(document.createElement('script'))
}

if (!location.search) {
  fbq('init', '1234567890')
  fbq('track', 'PageView')
  ttq.page()
  ttq.track('ViewContent', { content_id: 'batik' })
  lintrk('track', { conversion_id: 4711 })
  gtag('event', 'page_view', { page_title: 'Tags' })
}
