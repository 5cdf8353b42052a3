-- Script for wrk. Each message has a different text and IP address, so none is a duplicate or over a rate limit.
local sent = math.random(2 ^ 30)
wrk.method = "POST"
wrk.headers["Content-Type"] = "application/x-www-form-urlencoded"
wrk.headers["Cookie"] = "csrftoken={token}"
request = function()
    sent = sent + 1
    local address = string.format("10.%d.%d.%d", sent / 65536 % 256, sent / 256 % 256, sent % 256)
    wrk.headers["X-Forwarded-For"] = address
    local person = "name=Made+Up&phone=2025550123&email=made.up" .. sent .. "%40example.com"
    local message = "&{message_field}=%28Made+up.%29+My+lower+back+hurts.+Number+" .. sent
    return wrk.format(nil, nil, nil, person .. message .. "&csrfmiddlewaretoken={token}")
end
init = function() math.randomseed(os.time()); sent = math.random(2 ^ 30) end
