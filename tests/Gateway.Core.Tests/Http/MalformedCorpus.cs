using System.Text;
using System.Text.Json.Nodes;

namespace OpenClaw.Gateway.Core.Tests.Http;

/// <summary>One bad request: where it goes, what it carries, and the statuses that are right for it.</summary>
internal sealed record BadRequest(string Name, string Path, byte[] Body, int[] Statuses)
{
    public string? Encoding { get; init; }
}

/// <summary>
/// Bad requests, made from good ones by a rule each: every field in every wrong type, every cut, every broken encoding, every depth,
/// every size. The same every time.
/// </summary>
internal static class MalformedCorpus
{
    public const int MaxBodyBytes = 16 * 1024;

    private const string Chat = """
        {"model":"openclaw","n":1,"stream":false,"stream_options":{"include_usage":true},"user":"u","temperature":0.5,"top_p":0.5,"max_tokens":5,"max_completion_tokens":5,"stop":["a"],"seed":1,
         "presence_penalty":0,"frequency_penalty":0,"reasoning_effort":"low","response_format":{"type":"json_schema","json_schema":{"name":"n","schema":{"type":"object"}}},
         "tools":[{"type":"function","function":{"name":"f","description":"d","parameters":{"type":"object"},"strict":false}}],"tool_choice":{"type":"function","function":{"name":"f"}},
         "messages":[{"role":"system","content":"s"},{"role":"user","content":[{"type":"text","text":"t"},{"type":"image_url","image_url":{"url":"data:image/png;base64,iVBORw0KGgo="}}]},
         {"role":"assistant","content":"a","tool_calls":[{"id":"c1","type":"function","function":{"name":"f","arguments":"{}"}}]},{"role":"tool","tool_call_id":"c1","content":"r"}]}
        """;

    private const string Responses = """
        {"model":"openclaw","stream":false,"instructions":"i","user":"u","max_output_tokens":5,"temperature":0.5,"top_p":0.5,"store":false,"truncation":"auto","metadata":{"a":"b"},"previous_response_id":"resp_x",
         "parallel_tool_calls":true,"max_tool_calls":3,"reasoning":{"effort":"low","summary":"auto"},"text":{"format":{"type":"json_schema","name":"n","schema":{"type":"object"}}},
         "tools":[{"type":"function","name":"f","description":"d","parameters":{"type":"object"},"strict":true}],"tool_choice":{"type":"function","name":"f"},
         "input":[{"type":"message","role":"user","content":[{"type":"input_text","text":"t"},{"type":"input_image","source":{"type":"base64","media_type":"image/png","data":"iVBORw0KGgo="}},
          {"type":"input_file","source":{"type":"base64","media_type":"text/plain","data":"SGk=","filename":"f.txt"}}]},{"type":"function_call","call_id":"c1","name":"f","arguments":"{}"},
          {"type":"function_call_output","call_id":"c1","output":"r"}]}
        """;

    private const string Tool = """{"tool":"session_status","action":"a","args":{"sessionKey":"agent:nobody:x"},"sessionKey":"agent:nobody:main"}""";
    private const string Agent = """{"message":"m","name":"n","wakeMode":"now","sessionKey":"s","deliver":false,"channel":"telegram","to":"t","model":"m","thinking":"low","timeoutSeconds":5}""";
    private const string Wake = """{"text":"","mode":"now"}""";

    private static readonly (string Path, string Json)[] Bases =
        [("v1/chat/completions", Chat), ("v1/responses", Responses), ("tools/invoke", Tool), ("hooks/agent", Agent), ("hooks/wake", Wake)];

    private static readonly string[] WrongValues = ["null", "true", "0", "-1", "1e999", "1.5", "\"\"", "\"\\u0000\"", "\"x\"", "[]", "[null]", "[[]]", "{}", "{\"a\":1}", "[{}]", "[{\"type\":\"\"}]", "99999999999999999999"];

    public static IEnumerable<BadRequest> All() => Types().Concat(Cuts()).Concat(Encodings()).Concat(Nestings()).Concat(Sizes()).Concat(Others());

    /// <summary>Every value of a good request replaced by each wrong one. Some of these are requests that can be carried out.</summary>
    private static IEnumerable<BadRequest> Types()
    {
        foreach (var (path, json) in Bases)
        {
            var places = Places(JsonNode.Parse(json)!, []).ToList();
            foreach (var place in places)
            {
                foreach (var wrong in WrongValues)
                    yield return Make($"{path} {string.Join('.', place)}={wrong}", path, Replace(json, place, wrong), [200, 202, 400, 404, 502]);
            }
        }
    }

    private static IEnumerable<BadRequest> Cuts()
    {
        foreach (var (path, json) in Bases)
        {
            var compact = JsonNode.Parse(json)!.ToJsonString();
            for (var length = 1; length < compact.Length; length += Math.Max(1, compact.Length / 120))
                yield return Make($"{path} cut at {length}", path, compact[..length], [400]);
        }
    }

    private static IEnumerable<BadRequest> Encodings()
    {
        foreach (var (path, json) in Bases)
        {
            var utf8 = Encoding.UTF8.GetBytes(json);
            yield return new BadRequest($"{path} UTF-16", path, Encoding.Unicode.GetBytes(json), [400]);
            yield return new BadRequest($"{path} UTF-16 with mark", path, [.. Encoding.BigEndianUnicode.Preamble, .. Encoding.BigEndianUnicode.GetBytes(json)], [400]);
            yield return new BadRequest($"{path} gzip", path, [0x1F, 0x8B, 8, 0], [415]) { Encoding = "gzip" };
            foreach (var bad in (byte[][])[[0xFF], [0xC3, 0x28], [0xED, 0xA0, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xC0, 0x80], [0x00]])
            {
                for (var at = 1; at < utf8.Length; at += utf8.Length / 8 + 1)
                    yield return new BadRequest($"{path} {Convert.ToHexString(bad)} at {at}", path, [.. utf8[..at], .. bad, .. utf8[at..]], [400]);
            }
            foreach (var half in (string[])["\\ud800", "\\udc00", "\\ud800\\ud800", "\\ud83d x"])
                yield return Make($"{path} {half}", path, $$"""{"model":"openclaw","x":"{{half}}"}""", [400]);
        }
    }

    private static IEnumerable<BadRequest> Nestings()
    {
        foreach (var (path, _) in Bases)
        {
            foreach (var depth in (int[])[65, 100, 1000, 7000])
            {
                yield return Make($"{path} {depth} arrays", path, new string('[', depth) + new string(']', depth), [400]);
                yield return Make($"{path} {depth} open", path, new string('[', depth), [400]);
                yield return Make($"{path} {depth} in a field", path, "{\"messages\":" + new string('[', depth) + new string(']', depth) + "}", [400]);
            }
        }
    }

    private static IEnumerable<BadRequest> Sizes()
    {
        foreach (var (path, _) in Bases.Where(static item => item.Path != "tools/invoke"))
        {
            foreach (var size in (int[])[MaxBodyBytes + 1, 2 * MaxBodyBytes, 1 << 20])
                yield return Make($"{path} {size} bytes", path, "{\"x\":\"" + new string('x', size) + "\"}", [413]);
        }
        yield return Make("tools/invoke 3 MB", "tools/invoke", new string(' ', 3 << 20), [413]);
    }

    private static IEnumerable<BadRequest> Others()
    {
        string[] bodies =
        [
            "", " ", "{", "}", "[", "]", "nul", "NaN", "Infinity", "'x'", "{'a':1}", "{a:1}", "{\"a\":1,}", "[1,]", "{\"a\":01}", "{\"a\":+1}", "{\"a\":.5}", "{\"a\":1}{\"b\":2}", "// c\n{}", "{\"a\":\"\n\"}",
            "{\"a\":\"\\x\"}", "{\"a\":\"\\u12\"}", "a=1&b=2", "<xml/>", "--boundary\r\n", "{\"model\":1}", "{\"a\":1,\"a\":2}", "{\"tool\":\"session_status\",\"args\":{\"a\":1,\"a\":2}}", "{\"x\":[{\"b\":{},\"b\":[]}]}", "{\"messages\":{}}", "{\"input\":null}", "\"text\"", "5", "true", "null", "[]", "{}",
        ];
        foreach (var (path, _) in Bases)
        {
            foreach (var body in bodies)
                yield return Make($"{path} {body}", path, body, [400]);
        }
    }

    private static IEnumerable<string[]> Places(JsonNode? node, string[] path)
    {
        if (path.Length > 0)
            yield return path;
        var children = node switch
        {
            JsonObject members => members.Select(static member => (member.Key, member.Value)),
            JsonArray items => items.Select(static (item, i) => (i.ToString(), item)),
            _ => [],
        };
        foreach (var (name, child) in children)
        {
            foreach (var place in Places(child, [.. path, name]))
                yield return place;
        }
    }

    private static string Replace(string json, string[] place, string wrong)
    {
        const string Mark = "\"@@mark@@\"";
        var root = JsonNode.Parse(json)!;
        var owner = root;
        foreach (var step in place.SkipLast(1))
            owner = owner is JsonArray items ? items[int.Parse(step)]! : owner[step]!;
        if (owner is JsonArray list)
            list[int.Parse(place[^1])] = "@@mark@@";
        else
            owner[place[^1]] = "@@mark@@";
        return root.ToJsonString().Replace(Mark, wrong, StringComparison.Ordinal);
    }

    private static BadRequest Make(string name, string path, string body, int[] statuses) => new(name, path, Encoding.UTF8.GetBytes(body), statuses);
}
