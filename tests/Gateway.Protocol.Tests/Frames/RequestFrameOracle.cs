using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using OpenClaw.Gateway.Protocol.Frames;
using OpenClaw.Gateway.Protocol.Limits;

namespace OpenClaw.Gateway.Protocol.Tests.Frames;

/// <summary>What a message is, found out the slow and obvious way.</summary>
internal sealed record RequestFrameOracle(FrameReadStatus Status, string? Id = null, string? Method = null, string? ParamsJson = null)
{
    private static readonly HashSet<string> Names = ["type", "id", "method", "params", "traceparent", "expectedProfileId"];

    // A backslash with what it escapes, in which only halves of pairs standing alone are replaced.
    private static readonly Regex Escapes = new(
        """\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|(?<alone>\\u[dD][89a-fA-F][0-9a-fA-F]{2})|\\.""", RegexOptions.Singleline);

    public static RequestFrameOracle Of(byte[] message)
    {
        var text = Escapes.Replace(Encoding.UTF8.GetString(message), match => match.Groups["alone"].Success ? "\\ufffd" : match.Value);
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = ProtocolLimits.MaxDepth });
        }
        catch (JsonException)
        {
            return new(IsJson(text) ? FrameReadStatus.Invalid : FrameReadStatus.NotJson);
        }
        using (document)
        {
            if (document.RootElement.ValueKind is not JsonValueKind.Object)
                return new(FrameReadStatus.Invalid);
            var members = new Dictionary<string, JsonElement>();
            foreach (var member in document.RootElement.EnumerateObject())
                members[member.Name] = member.Value;
            var valid = members.Keys.All(Names.Contains)
                && Text("type") is "req"
                && Text("id") is { Length: > 0 }
                && Text("method") is { Length: > 0 }
                && (!members.ContainsKey("traceparent") || Text("traceparent")?.EnumerateRunes().Count() <= 128)
                && (!members.ContainsKey("expectedProfileId") || Text("expectedProfileId") is not null);
            return valid
                ? new(FrameReadStatus.Request, Text("id"), Text("method"), members.TryGetValue("params", out var value) ? value.GetRawText() : "")
                : new(FrameReadStatus.Invalid);

            string? Text(string name) =>
                members.TryGetValue(name, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;
        }
    }

    private static bool IsJson(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = text.Length + 1 });
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
