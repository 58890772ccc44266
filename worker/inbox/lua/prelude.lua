-- Shared by every script of the inbox; put before it when it is loaded. KEYS[1] is the prefix of all keys.
--
--   m:ID   hash  one message            b:ID  its body as it came, squeezed
--   r:ID   hash  one report             o:ID  hash, sequence number -> outcome record
--   x:KEY  one resource by reference    c:KEY set of "message report" that cite it
--   p:KEY  set of reports of one person
--   ring:decide|deliver      zset  when the sweep rings next (milliseconds)
--   since:STATE, since:deliver     zset  since when work has been open, for the oldest age
--   parked   zset "message:ID" | "report:ID"      settled  zset  messages at their end, for retention
--   count:message, count:delivery  hash  how many are in each state; count:probe-... the same of synthetic reports
--   news     hash  count: how often a resource has come or changed      heartbeats, probe  signs of life (pulse.py)
--   work:order, work:due  zset  reports that somebody owes something, by seriousness and day; work:TAG set of them
--   work:told  the day that every open report has been told of
--   work:tags set of all tags           work:released  zset  when a clinician was seen to have decided
--   schema   the shape of all this (schema.py)
--   sweep    hash  when it last ran, and how often it had to ring       acts  list  what people did
--
-- Work on a message or report is open while its field `due` exists, and may be claimed once `due` has come. A claim
-- moves `due` to the end of its lease and raises `fence`; whoever ends the work must show the same fence.

local P = KEYS[1]
local OPEN = { received = true, waiting = true, decided = true }
-- The first that holds names the message.
local ENDS = { 'delivered', 'withdrawn', 'discarded', 'superseded', 'no-output', 'not-for-us' }
local HISTORY_CHARACTERS = 4000
local call = redis.call

local function K(...) return P .. table.concat({ ... }, ':') end

-- One clock for all workers: the server's, unless a test hands one in.
local function clock(given)
  if given ~= '' then return tonumber(given) end
  local t = call('TIME')
  return t[1] * 1000 + math.floor(t[2] / 1000)
end

local function num(value) return tonumber(value or 0) or 0 end
local function int(value) return string.format('%.0f', value) end
local function get(key, field) return call('HGET', key, field) or nil end

local function told(history, text, now)
  history = (history or '') .. int(now) .. ' ' .. text .. '\n'
  if #history > HISTORY_CHARACTERS then  -- a message woken again and again keeps its first and its latest steps
    history = history:sub(1, 500):match('^(.*\n)') .. history:sub(-HISTORY_CHARACTERS + 500):match('^[^\n]*\n(.*)$')
  end
  return history
end

local function ring_at(kind, id, at) call('ZADD', K('ring', kind), int(at), id) end

-- Synthetic reports are counted by themselves.
local function counter(kind, message_id)
  return K('count', (message_id or ''):sub(1, 6) == 'probe-' and 'probe-' .. kind or kind)
end

local function set_state(id, state, reason, now, known)
  local m = K('m', id)
  known = known or call('HMGET', m, 'state', 'history')
  local old = known[1]
  if old == state then return call('HSET', m, 'reason', reason) end
  call('HSET', m, 'state', state, 'reason', reason, 'history', told(known[2], state, now))
  local count = counter('message', id)
  call('HINCRBY', count, state, 1)
  if old then
    call('HINCRBY', count, old, -1)
    call('ZREM', OPEN[old] and K('since', old) or K('settled'), id)
  end
  if OPEN[state] then
    call('ZADD', K('since', state), int(now), id)
  elseif state ~= 'parked' then  -- what waits for a person is not at its end
    call('ZADD', K('settled'), int(now), id)
  end
end

-- Being due and being delivered change with every try; the history tells the rest.
local function set_delivery(id, state, now)
  local r = K('r', id)
  local known = call('HMGET', r, 'delivery', 'history', 'message')
  if known[1] == state then return end
  local count = counter('delivery', known[3])
  if known[1] then call('HINCRBY', count, known[1], -1) end
  call('HINCRBY', count, state, 1)
  local is_step = state ~= 'delivering' and (state ~= 'due' or known[1] == 'parked')
  call('HSET', r, 'delivery', state, 'history', is_step and told(known[2], state, now) or known[2] or '')
end

local function decoded(text) return text and cjson.decode(text) or {} end

-- Where one report of a message stands; an entry is pending until its outcome is at the EHR or a newer one took over.
local function settle_entry(entry)
  if entry.state ~= 'pending' and entry.state ~= 'parked' then return false end
  local before = entry.state
  local r = call('HMGET', K('r', entry.id), 'seq', 'delivered', 'delivery', 'reason')
  if num(r[2]) >= entry.seq then
    entry.state, entry.reason = entry.what == 'withdraw' and 'withdrawn' or 'delivered', ''
  elseif num(r[1]) > entry.seq then
    entry.state, entry.reason = 'superseded', 'a newer version was decided before this one was delivered'
  elseif r[3] == 'none' then
    entry.state = entry.what == 'withdraw' and 'withdrawn' or entry.what
  elseif r[3] == 'discarded' then
    entry.state, entry.reason = 'discarded', r[4] or ''
  elseif r[3] == 'parked' then
    entry.state, entry.reason = 'parked', r[4] or ''
  else
    entry.state, entry.reason = 'pending', ''
  end
  return entry.state ~= before
end

-- Name the message's state after its reports, `fresh` ones put in first; `otherwise` is the state of one without any.
-- Messages set aside by hand or as poison stay so until they are replayed. With `only`, the entries of other reports
-- stand as they are: a message may bring hundreds, and each settles it when it ends.
local function settle(id, now, fresh, otherwise, only)
  local m = K('m', id)
  local known = call('HMGET', m, 'state', 'history', 'aside', 'reports', 'waits', 'reason')
  if not known[1] then return false end
  local entries, has, reasons, changed = decoded(known[4]), {}, {}, #fresh > 0
  for _, new in ipairs(fresh) do
    local place = #entries + 1
    for i, entry in ipairs(entries) do
      if entry.id == new.id then place = i end
    end
    entries[place] = new
  end
  for _, entry in ipairs(entries) do
    if not only or entry.id == only then changed = settle_entry(entry) or changed end
    has[entry.state] = true
    reasons[entry.state] = reasons[entry.state] or entry.reason
  end
  if changed then call('HSET', m, 'reports', cjson.encode(entries)) end
  if known[1] == 'discarded' or (known[1] == 'parked' and known[3] == '1') then return false end
  local state, reason = otherwise, known[6] or ''
  for _, ending in ipairs(ENDS) do
    if has[ending] then
      state, reason = ending, reasons[ending] or ''
      break
    end
  end
  if has.parked then state, reason = 'parked', reasons.parked end
  if has.pending then state, reason = 'decided', '' end
  if known[5] then state, reason = 'waiting', known[5] end
  if state then set_state(id, state, reason, now, known) end
  return known[5] and true
end

-- Make a message's work due now. While somebody holds it, only the bell is counted: the holder sees it at the end.
local function wake(id, now, grace)
  local m = K('m', id)
  local known = call('HMGET', m, 'state', 'aside', 'lease')
  if not known[1] or known[1] == 'discarded' or known[2] == '1' then return false end
  if call('EXISTS', K('b', id)) == 0 then return false end
  call('HINCRBY', m, 'bells', 1)
  if num(known[3]) > now then return false end
  call('HSET', m, 'due', int(now))
  ring_at('decide', id, now + grace)
  return true
end

local function set_aside(id, reason, now)
  local m = K('m', id)
  call('HDEL', m, 'due', 'lease', 'waits')
  call('HSET', m, 'aside', '1')
  call('HINCRBY', m, 'fence', 1)
  call('ZREM', K('ring:decide'), id)
  call('ZADD', K('parked'), int(now), 'message:' .. id)
  set_state(id, 'parked', reason, now)
end

local function settle_messages(report_id, now)
  for _, id in ipairs(decoded(get(K('r', report_id), 'messages'))) do settle(id, now, {}, nil, report_id) end
end

-- What somebody owes about a report, in the lists that it is looked up in; nil when nobody owes anything any more,
-- with `decided` because a clinician has decided.
local function keep_work(id, work, decided, now)
  local r = K('r', id)
  for _, tag in ipairs(decoded(get(r, 'work')).tags or {}) do call('SREM', K('work', tag), id) end
  call('ZREM', K('work:released'), id)
  if not work then
    call('HDEL', r, 'work')
    if decided then call('ZADD', K('work:released'), int(now), id) end
    call('ZREM', K('work:order'), id)
    call('ZREM', K('work:due'), id)
    return
  end
  call('HSET', r, 'work', cjson.encode(work))
  call('ZADD', K('work:order'), int(work.order), id)
  call('ZADD', K('work:due'), int(work.due), id)
  for _, tag in ipairs(work.tags) do
    call('SADD', K('work', tag), id)
    call('SADD', K('work:tags'), tag)
  end
end

-- The message ends when the report's present outcome is delivered.
local function follow(report_id, id)
  local r = K('r', report_id)
  local messages = decoded(get(r, 'messages'))
  for _, known in ipairs(messages) do
    if known == id then return end
  end
  table.insert(messages, id)
  call('HSET', r, 'messages', cjson.encode(messages))
end

local function park_report(id, reason, now)
  local r = K('r', id)
  call('HDEL', r, 'due', 'lease')
  call('HINCRBY', r, 'fence', 1)
  call('HSET', r, 'reason', reason)
  call('ZREM', K('ring:deliver'), id)
  call('ZREM', K('since:deliver'), id)
  call('ZADD', K('parked'), int(now), 'report:' .. id)
  set_delivery(id, 'parked', now)
  settle_messages(id, now)
end

local function deliver_at(id, at, ring)
  call('HSET', K('r', id), 'due', int(at), 'lease', 0)
  ring_at('deliver', id, ring)
end
