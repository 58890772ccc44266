-- ARGV: now, grace, keep (seconds), id, fence, bells, conclusion (JSON), then the outcome records it names by number.
-- All or nothing: {"stale"}, {"changed"} if a report moved on since it was read, or {"ok", again, ids to ring ...}.
local now, grace, keep, id, fence = clock(ARGV[1]), num(ARGV[2]), ARGV[3], ARGV[4], ARGV[5]
local m = K('m', id)
local mine = call('HMGET', m, 'fence', 'lease', 'bells', 'concluded', 'looks')
if mine[4] == fence then return { 'ok', 0 } end  -- the answer to the first call was lost on its way
if mine[1] ~= fence or num(mine[2]) == 0 then return { 'stale' } end
local what = cjson.decode(ARGV[7])
local heads = {}
for i, record in ipairs(what.records) do
  heads[i] = call('HMGET', K('r', record.id), 'revision', 'seq', 'messages', 'delivery', 'lease', 'history')
  if num(heads[i][1]) ~= record.expected then return { 'changed' } end
end

for _, person in ipairs(what.people) do
  if call('SCARD', K('p', person.key)) ~= person.count then return { 'changed' } end
end

local woken, fresh = {}, {}
local function rouse(other)
  if other ~= id and not woken[other] and wake(other, now, grace) then
    woken[other] = true
    table.insert(woken, other)
  end
end

-- What was decided. A record without an outcome of its own only raises the report's high-water mark.
local function keep_outcome(record, r, head)
  local seq = num(head[2]) + 1
  call('HSET', K('o', record.id), seq, ARGV[record.blob])
  call('HSET', r, 'seq', seq, 'what', record.what, 'messages', cjson.encode(record.messages), 'recorded', int(now),
    'history', told(head[6], 'recorded ' .. seq .. ' ' .. (record.step or record.what), now))
  if id:sub(1, 6) ~= 'probe-' then keep_work(record.id, record.work, record.decided, now) end  -- nobody's plan
  if not record.deliver then
    if not head[4] then set_delivery(record.id, 'none', now) end
    return seq, record.what == 'withdraw' and 'withdrawn' or record.what
  end
  call('HSET', r, 'attempts', 0, 'deaths', 0, 'alone', 0, 'reason', '')
  call('ZADD', K('since:deliver'), int(now), record.id)
  if head[4] == 'parked' then call('ZREM', K('parked'), 'report:' .. record.id) end
  if num(head[5]) <= now then  -- else whoever delivers now finds the newer outcome when done
    deliver_at(record.id, now, now + grace)
    set_delivery(record.id, 'due', now)
  end
  return seq, 'pending'
end

for i, record in ipairs(what.records) do
  local r, head = K('r', record.id), heads[i]
  local seq, state = num(head[2]), record.what == 'withdraw' and 'withdrawn' or record.what
  call('HSET', r, 'revision', record.expected + 1, 'version', record.version, 'arrival', record.arrival,
    'inputs', record.inputs, 'message', id, 'verdict', record.what, 'why', record.reason)
  if record.brief ~= '' then call('HSET', r, 'brief', record.brief) end
  for _, key in ipairs(record.people) do call('SADD', K('p', key), record.id) end
  if record.blob then seq, state = keep_outcome(record, r, head) end
  if seq == 0 then
    call('EXPIRE', r, keep)
  elseif head[1] and not head[3] then
    call('PERSIST', r)
  end
  local entry = { id = record.id, seq = seq, what = record.what, state = state, reason = record.reason }
  for _, message in ipairs(record.messages) do
    if message == id then
      table.insert(fresh, entry)
    elseif settle(message, now, { entry }) then
      rouse(message)  -- it waits, perhaps for this
    end
  end
  for _, message in ipairs(record.blob and decoded(head[3]) or {}) do
    if message ~= id then settle(message, now, {}) end
  end
end
for _, entry in ipairs(what.verdicts) do
  table.insert(fresh, entry)
  if entry.state == 'pending' then follow(entry.id, id) end
end

-- What came along, findable by later messages; whoever cites something new or changed looks again.
local function earlier(found, known)  -- updated, issued, number; null where the sender gave none
  for i = 1, 3 do
    local a, b = found[i], known[i]
    if a ~= cjson.null and b ~= cjson.null and a ~= b then return a < b end
  end
end

local function is_older(found, known)
  local by_signs = earlier(found.signs, known.signs)
  if by_signs == nil and found.report and found.report == known.report then
    by_signs = earlier(found.report_signs, known.report_signs)
  end
  if by_signs == nil then return found.arrival < known.arrival end
  return by_signs
end

-- Many keys at once: a message may bring hundreds, and Lua hands over no more than some thousand arguments.
local function in_parts(kind, keys, each)
  for first = 1, #keys, 500 do
    local part, names = {}, {}
    for i = first, math.min(first + 499, #keys) do
      table.insert(part, keys[i])
      table.insert(names, K(kind, keys[i]))
    end
    each(part, names)
  end
end

local function values_of(kind, keys)
  local found = {}
  in_parts(kind, keys, function(part, names)
    for i, value in ipairs(call('MGET', unpack(names))) do found[part[i]] = value end
  end)
  return found
end

local function any_exists(kind, keys)
  local found = false
  in_parts(kind, keys, function(_, names) found = found or call('EXISTS', unpack(names)) > 0 end)
  return found
end

local keys, news = {}, {}
for i, found in ipairs(what.resources) do keys[i] = found.key end
local held, count = values_of('x', keys), num(get(K('news'), 'count'))
for _, found in ipairs(what.resources) do
  local known = held[found.key] and cjson.decode(held[found.key])
  if not (known and is_older(found, known)) then
    local is_news = not known or known.digest ~= found.digest
    if is_news then table.insert(news, found.key) end
    found.came = is_news and count + #news or known.came
    held[found.key] = cjson.encode(found)
    call('SET', K('x', found.key), held[found.key], 'EX', keep)
  end
end
if #news > 0 then call('HINCRBY', K('news'), 'count', #news) end
if any_exists('c', news) then
  for _, key in ipairs(news) do
    for _, citing in ipairs(call('SMEMBERS', K('c', key))) do rouse(citing:match('^%S+')) end
  end
end
local elsewhere = {}
for _, cited in ipairs(what.cites) do
  call('SADD', K('c', cited.key), id .. ' ' .. cited.report)
  call('EXPIRE', K('c', cited.key), keep)
  if not held[cited.key] then table.insert(elsewhere, cited.key) end
end
for key, value in pairs(values_of('x', elsewhere)) do held[key] = value end
local again = mine[3] ~= ARGV[6]
for _, cited in ipairs(what.cites) do
  -- It may have come, or changed, after we looked and before anybody could know that we cite it.
  local known = held[cited.key] and cjson.decode(held[cited.key])
  again = again or (known and known.message ~= id and num(known.came) > num(mine[5])) or false
end
again = again or any_exists('x', what.awaited)

-- What remains of this message.
call('HSET', m, 'concluded', fence, 'deaths', 0, 'lease', 0)
call('HDEL', m, 'waits', 'due')
if what.wait then call('HSET', m, 'waits', what.reason) end
if again or what.wait then
  call('HSET', m, 'due', int(again and now or what.wait))
  ring_at('decide', id, again and now + grace or what.wait)
else
  call('ZREM', K('ring:decide'), id)
end
settle(id, now, fresh, what.otherwise)
return { 'ok', again and 1 or 0, unpack(woken) }
