-- Shared by every script of the inbox; put before it when it is loaded. KEYS[1] is the prefix of all keys.
--
--   m:ID   hash  one message            b:ID  its body as it came
--   r:ID   hash  one report             o:ID  hash, sequence number -> outcome record
--   x:KEY  one resource by reference    c:KEY set of "message report" that cite it
--   ring:decide|deliver      zset  when the sweep rings next (milliseconds)
--   since:STATE, since:deliver     zset  since when work has been open, for the oldest age
--   parked   zset "message:ID" | "report:ID"      settled  zset  messages at their end, for retention
--   count:message, count:delivery  hash  how many are in each state
--   sweep    hash  when it last ran, and how often it had to ring
--
-- Work on a message or report is open while its field `due` exists, and may be claimed once `due` has come. A claim
-- moves `due` to the end of its lease and raises `fence`; whoever ends the work must show the same fence.

local P = KEYS[1]
local OPEN = { received = true, waiting = true, decided = true }
local ENDS = { 'delivered', 'withdrawn', 'superseded', 'no-output', 'not-for-us' }  -- the first that holds names the message
local HISTORY_CHARACTERS = 4000

local function K(...) return P .. table.concat({ ... }, ':') end

-- One clock for all workers: the server's, unless a test hands one in.
local function clock(given)
  if given ~= '' then return tonumber(given) end
  local t = redis.call('TIME')
  return t[1] * 1000 + math.floor(t[2] / 1000)
end

local function num(value) return tonumber(value or 0) or 0 end
local function int(value) return string.format('%.0f', value) end
local function get(key, field) return redis.call('HGET', key, field) or nil end

local function note(key, text, now)
  local history = (get(key, 'history') or '') .. int(now) .. ' ' .. text .. '\n'
  if #history > HISTORY_CHARACTERS then  -- a message woken again and again keeps its first and its latest steps
    history = history:sub(1, 500):match('^(.*\n)') .. history:sub(-HISTORY_CHARACTERS + 500):match('^[^\n]*\n(.*)$')
  end
  redis.call('HSET', key, 'history', history)
end

local function ring_at(kind, id, at) redis.call('ZADD', K('ring', kind), int(at), id) end

local function set_state(id, state, reason, now)
  local m = K('m', id)
  local old = get(m, 'state')
  redis.call('HSET', m, 'reason', reason)
  if old == state then return end
  redis.call('HSET', m, 'state', state)
  note(m, state, now)
  if old then
    redis.call('HINCRBY', K('count:message'), old, -1)
    redis.call('ZREM', K('since', old), id)
  end
  redis.call('HINCRBY', K('count:message'), state, 1)
  if OPEN[state] then
    redis.call('ZADD', K('since', state), int(now), id)
    redis.call('ZREM', K('settled'), id)
  else
    redis.call('ZADD', K('settled'), int(now), id)
  end
end

local function set_delivery(id, state, now)
  local r = K('r', id)
  local old = get(r, 'delivery')
  if old == state then return end
  if old then redis.call('HINCRBY', K('count:delivery'), old, -1) end
  redis.call('HINCRBY', K('count:delivery'), state, 1)
  redis.call('HSET', r, 'delivery', state)
  note(r, state, now)
end

local function entries_of(id)
  local stored = get(K('m', id), 'reports')
  return stored and cjson.decode(stored) or {}
end

local function keep_entries(id, entries)
  if #entries > 0 then redis.call('HSET', K('m', id), 'reports', cjson.encode(entries)) end
end

-- Where one report of a message stands; an entry is pending until its outcome is at the EHR or a newer one took over.
local function settle_entry(entry)
  if entry.state ~= 'pending' and entry.state ~= 'parked' then return end
  local r = redis.call('HMGET', K('r', entry.id), 'seq', 'delivered', 'delivery', 'reason')
  if num(r[2]) >= entry.seq then
    entry.state, entry.reason = entry.what == 'withdraw' and 'withdrawn' or 'delivered', ''
  elseif num(r[1]) > entry.seq then
    entry.state, entry.reason = 'superseded', 'a newer version was decided before this one was delivered'
  elseif r[3] == 'none' then
    entry.state = entry.what == 'withdraw' and 'withdrawn' or entry.what
  elseif r[3] == 'parked' then
    entry.state, entry.reason = 'parked', r[4] or ''
  else
    entry.state, entry.reason = 'pending', ''
  end
end

-- Name the message's state after its reports. Messages set aside by hand or as poison stay so until they are replayed.
local function settle(id, now, otherwise)
  local m = K('m', id)
  local old = get(m, 'state')
  if not old or old == 'discarded' or (old == 'parked' and get(m, 'aside') == '1') then return end
  local entries, has, reasons = entries_of(id), {}, {}
  for _, entry in ipairs(entries) do
    settle_entry(entry)
    has[entry.state] = true
    reasons[entry.state] = reasons[entry.state] or entry.reason
  end
  keep_entries(id, entries)
  local waits = get(m, 'waits')
  if waits then return set_state(id, 'waiting', waits, now) end
  if has.pending then return set_state(id, 'decided', '', now) end
  if has.parked then return set_state(id, 'parked', reasons.parked, now) end
  for _, state in ipairs(ENDS) do
    if has[state] then return set_state(id, state, reasons[state] or '', now) end
  end
  if otherwise then set_state(id, otherwise, get(m, 'reason') or '', now) end
end

local function put_entry(id, entry)
  local entries = entries_of(id)
  for i, known in ipairs(entries) do
    if known.id == entry.id then
      entries[i] = entry
      return keep_entries(id, entries)
    end
  end
  table.insert(entries, entry)
  keep_entries(id, entries)
end

-- Make a message's work due now. While somebody holds it, only the bell is counted: the holder sees it at the end.
local function wake(id, now, grace)
  local m = K('m', id)
  local fields = redis.call('HMGET', m, 'state', 'aside')
  if not fields[1] or fields[1] == 'discarded' or fields[2] == '1' then return false end
  if redis.call('EXISTS', K('b', id)) == 0 then return false end
  redis.call('HINCRBY', m, 'bells', 1)
  if num(get(m, 'lease')) > now then return false end
  redis.call('HSET', m, 'due', int(now))
  ring_at('decide', id, now + grace)
  return true
end

local function set_aside(id, reason, now)
  local m = K('m', id)
  redis.call('HDEL', m, 'due', 'lease', 'waits')
  redis.call('HSET', m, 'aside', '1')
  redis.call('HINCRBY', m, 'fence', 1)
  redis.call('ZREM', K('ring:decide'), id)
  redis.call('ZADD', K('parked'), int(now), 'message:' .. id)
  set_state(id, 'parked', reason, now)
end

local function settle_messages(report_id, now)
  local messages = get(K('r', report_id), 'messages')
  for _, id in ipairs(messages and cjson.decode(messages) or {}) do settle(id, now) end
end

-- The message ends when the report's present outcome is delivered.
local function follow(report_id, id)
  local r = K('r', report_id)
  local messages = get(r, 'messages')
  messages = messages and cjson.decode(messages) or {}
  for _, known in ipairs(messages) do
    if known == id then return end
  end
  table.insert(messages, id)
  redis.call('HSET', r, 'messages', cjson.encode(messages))
end

local function park_report(id, reason, now)
  local r = K('r', id)
  redis.call('HDEL', r, 'due', 'lease')
  redis.call('HINCRBY', r, 'fence', 1)
  redis.call('HSET', r, 'reason', reason)
  redis.call('ZREM', K('ring:deliver'), id)
  redis.call('ZREM', K('since:deliver'), id)
  redis.call('ZADD', K('parked'), int(now), 'report:' .. id)
  set_delivery(id, 'parked', now)
  settle_messages(id, now)
end

local function deliver_at(id, at, ring)
  redis.call('HSET', K('r', id), 'due', int(at))
  redis.call('HDEL', K('r', id), 'lease')
  ring_at('deliver', id, ring)
end
