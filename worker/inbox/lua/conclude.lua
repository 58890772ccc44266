-- ARGV: now, grace, keep (seconds), id, fence, bells, conclusion (JSON), then the outcome records it names by number.
-- All or nothing: {"stale"}, {"changed"} if a report moved on since it was read, or {"ok", again, ids to ring ...}.
local now, grace, keep, id, fence = clock(ARGV[1]), num(ARGV[2]), ARGV[3], ARGV[4], ARGV[5]
local m = K('m', id)
if get(m, 'concluded') == fence then return { 'ok', 0 } end  -- the answer to the first call was lost on its way
if get(m, 'fence') ~= fence or not get(m, 'lease') then return { 'stale' } end
local what = cjson.decode(ARGV[7])
for _, record in ipairs(what.records) do
  if num(get(K('r', record.id), 'revision')) ~= record.expected then return { 'changed' } end
end

local woken = {}
local function rouse(other)
  if other ~= id and not woken[other] and wake(other, now, grace) then
    woken[other] = true
    table.insert(woken, other)
  end
end

-- What was decided. A record without an outcome of its own only raises the report's high-water mark.
local function keep_version(record, r)
  redis.call('HSET', r, 'revision', record.expected + 1, 'version', record.version, 'arrival', record.arrival,
    'inputs', record.inputs, 'message', id, 'verdict', record.what, 'why', record.reason)
  if num(get(r, 'seq')) > 0 then
    redis.call('PERSIST', r)
  else
    redis.call('EXPIRE', r, keep)
  end
  return record.what == 'withdraw' and 'withdrawn' or record.what
end

local function keep_outcome(record, r)
  local seq = redis.call('HINCRBY', r, 'seq', 1)
  redis.call('HSET', K('o', record.id), seq, ARGV[record.blob])
  redis.call('HSET', r, 'what', record.what, 'messages', cjson.encode(record.messages), 'recorded', int(now))
  note(r, 'recorded ' .. seq .. ' ' .. record.what, now)
  if not record.deliver then
    if not get(r, 'delivery') then set_delivery(record.id, 'none', now) end
    return record.what == 'withdraw' and 'withdrawn' or record.what
  end
  redis.call('HSET', r, 'attempts', 0, 'deaths', 0, 'reason', '')
  redis.call('ZREM', K('parked'), 'report:' .. record.id)
  redis.call('ZADD', K('since:deliver'), int(now), record.id)
  if num(get(r, 'lease')) <= now then  -- else whoever delivers now finds the newer outcome when done
    deliver_at(record.id, now, now + grace)
    set_delivery(record.id, 'due', now)
  end
  return 'pending'
end

for _, record in ipairs(what.records) do
  local r = K('r', record.id)
  local earlier = get(r, 'messages')
  local state = record.blob and keep_outcome(record, r)
  local verdict = keep_version(record, r)
  local seq = num(get(r, 'seq'))
  for _, message in ipairs(record.messages) do
    put_entry(message, { id = record.id, seq = seq, what = record.what, state = state or verdict, reason = record.reason })
    if message ~= id then
      settle(message, now)
      if get(K('m', message), 'waits') then rouse(message) end
    end
  end
  for _, message in ipairs(state and earlier and cjson.decode(earlier) or {}) do settle(message, now) end
end
for _, entry in ipairs(what.verdicts) do
  put_entry(id, entry)
  if entry.state == 'pending' then follow(entry.id, id) end
end

-- What came along, findable by later messages; whoever cites something new or changed looks again.
for _, found in ipairs(what.resources) do
  local x = K('x', found.key)
  local old = redis.call('GET', x)
  local known = old and cjson.decode(old)
  local is_older = known and ((found.updated and known.updated and found.updated < known.updated)
    or (not (found.updated and known.updated) and found.version and known.version and found.version < known.version)
    or (not (found.updated and known.updated) and not (found.version and known.version)
      and found.arrival < known.arrival))
  if not is_older then
    redis.call('SET', x, cjson.encode(found), 'EX', keep)
    if not known or known.digest ~= found.digest then
      for _, citing in ipairs(redis.call('SMEMBERS', K('c', found.key))) do rouse(citing:match('^%S+')) end
    end
  end
end
local missed = false
for _, cited in ipairs(what.cites) do
  redis.call('SADD', K('c', cited.key), id .. ' ' .. cited.report)
  redis.call('EXPIRE', K('c', cited.key), keep)
end
for _, key in ipairs(what.awaited) do  -- it may have come between our looking and our waiting for it
  if redis.call('EXISTS', K('x', key)) == 1 then missed = true end
end

-- What remains of this message.
redis.call('HSET', m, 'concluded', fence, 'deaths', 0)
redis.call('HDEL', m, 'lease', 'waits', 'due')
redis.call('ZREM', K('ring:decide'), id)
if what.wait then
  redis.call('HSET', m, 'waits', what.reason, 'due', int(what.wait))
  ring_at('decide', id, what.wait)
end
local again = (missed or get(m, 'bells') ~= ARGV[6]) and 1 or 0
if again == 1 then
  redis.call('HSET', m, 'due', int(now))
  ring_at('decide', id, now + grace)
end
settle(id, now, what.otherwise)
return { 'ok', again, unpack(woken) }
