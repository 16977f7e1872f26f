-- Ad clicks for wrk: every request is another person on a phone, without a cookie.
-- With CLICKS_TRACKER_KEY the same people view a page that carries the tracker.
-- With CLICKS_POSTBACKS=n a network reports sales of n people, each with a transaction of its own.
-- Environment: CLICKS_TAG makes the runs differ; CLICKS_FBCLID=1 adds a click id as Meta appends it.
local threads = 0

function setup(thread)
  threads = threads + 1
  thread:set("number", threads)
end

function init(args)
  local link = wrk.path .. "?utm_source=meta&utm_medium=paid&utm_campaign=eid-sale&utm_content=video-3"
  local tag = string.format("%s%d", os.getenv("CLICKS_TAG") or "0", number)
  if os.getenv("CLICKS_FBCLID") == "1" then
    pattern = link .. "&fbclid=IwZXh0bgNhZW0BMABhZGlkAasSK" .. tag .. "x%08x_aem_q7Lk2VnB0sYcWm4dZt9HxA"
  else
    pattern = link .. "&utm_term=" .. tag .. "x%08x"
  end
  postbacks = tonumber(os.getenv("CLICKS_POSTBACKS") or "0")
  if postbacks > 0 then
    pattern = wrk.path .. "?subid=bench-%d&status=sale&payout=2.61&currency=USD&tid=" .. tag .. "-%d&sub_id_3=zone-7"
  end
  sequence = 0
  key = os.getenv("CLICKS_TRACKER_KEY") or ""
  if key ~= "" then
    hit = '{"key":"' .. key .. '","type":"pageview","eventId":"0192' .. tag .. '-%08x","url":"https://toko.example/promo'
      .. string.gsub(pattern, "^[^?]*", "") .. '","referrer":"https://l.facebook.com/","title":"Promo","timezone":'
      .. '"Asia/Jakarta","language":"id","cookies":{"_fbp":"fb.1.1596403881668.1116446470","_ga":"GA1.1.111.222"}}'
    wrk.headers["Content-Type"] = "text/plain;charset=UTF-8"
    wrk.headers["Origin"] = "https://toko.example"
  end
  wrk.headers["User-Agent"] = "Mozilla/5.0 (Linux; Android 14; SM-A155F) AppleWebKit/537.36 (KHTML, like Gecko) "
    .. "Chrome/130.0.0.0 Mobile Safari/537.36"
  wrk.headers["Accept"] = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
  wrk.headers["Accept-Language"] = "id-ID,id;q=0.9,en;q=0.8"
  wrk.headers["Sec-Fetch-Mode"] = "navigate"
  wrk.headers["Sec-Fetch-Dest"] = "document"
end

function request()
  sequence = sequence + 1
  if postbacks > 0 then
    return wrk.format("GET", string.format(pattern, sequence % postbacks, sequence))
  end
  if key ~= "" then
    return wrk.format("POST", nil, nil, string.format(hit, sequence, sequence))
  end
  return wrk.format("GET", string.format(pattern, sequence))
end

-- One line of JSON; times in milliseconds.
function done(summary, latency, requests)
  local e = summary.errors
  io.write(string.format(
    '\n{"requests":%d,"seconds":%.6f,"p50":%.3f,"p99":%.3f,"max":%.3f,"refused":%d,"broken":%d}\n',
    summary.requests, summary.duration / 1e6, latency:percentile(50) / 1e3, latency:percentile(99) / 1e3,
    latency.max / 1e3, e.status, e.connect + e.read + e.write + e.timeout))
end
