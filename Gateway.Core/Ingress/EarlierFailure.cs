using System.Text.Json;
using OpenClaw.Gateway.Core.Agents.Runs;

namespace OpenClaw.Gateway.Core.Ingress;

/// <summary>Reads from the lines of a transcript how a run ended that an earlier life of the gateway worked on.</summary>
internal static class EarlierFailure
{
    /// <summary>The error of the last run of this id; null when it answered, was cut short, or is not in these lines.</summary>
    /// <param name="lines">End of a transcript; a first line that is cut, and a last one, are passed over.</param>
    /// <param name="runId">Id of the run.</param>
    public static string? Find(ReadOnlyMemory<byte> lines, string runId)
    {
        string? failure = null;
        var mine = false;
        var afterMark = false;
        while (!lines.IsEmpty)
        {
            var end = lines.Span.IndexOf((byte)'\n');
            var line = end < 0 ? lines : lines[..end];
            lines = end < 0 ? default : lines[(end + 1)..];
            if (TryParse(line) is not { } document)
                continue;
            using (document)
            {
                var entry = document.RootElement;
                if (entry.ValueKind is not JsonValueKind.Object)
                    continue;
                if (Text(entry, "type") == "custom" && Text(entry, "customType") == RunMark.CustomType && entry.TryGetProperty("data", out var data))
                {
                    // Messages that one run answers stand together, mark behind mark.
                    var isIt = Text(data, RunMark.IdProperty) == runId;
                    mine = isIt || (afterMark && mine);
                    if (isIt)
                        failure = Text(data, RunMark.ErrorProperty);
                    afterMark = true;
                    continue;
                }
                afterMark = false;
                if (mine && entry.TryGetProperty("message", out var message) && Text(message, "role") == "assistant" && Text(message, "provider") != "openclaw")
                {
                    failure = Text(message, "stopReason") == "error" ? Text(message, "errorMessage") ?? "The run failed." : null;
                }
            }
        }
        return failure;
    }

    private static JsonDocument? TryParse(ReadOnlyMemory<byte> line)
    {
        try
        {
            return line.IsEmpty ? null : JsonDocument.Parse(line);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? Text(JsonElement element, string name) =>
        element.ValueKind is JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;
}
