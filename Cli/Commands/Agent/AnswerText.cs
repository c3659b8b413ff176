using System.Text.Json;
using OpenClaw.Cli.Output;

namespace OpenClaw.Cli.Commands.Agent;

/// <summary>A final answer of <c>agent</c> as text.</summary>
internal static class AnswerText
{
    /// <summary>All texts and media of the reply; without any, the summary, or that there is none.</summary>
    public static string Of(JsonElement final)
    {
        var lines = new List<string>();
        foreach (var payload in (final.Field("result") ?? default).Items("payloads"))
        {
            if (payload.Text("text") is { Length: > 0 } text)
                lines.Add(text);
            var media = false;
            foreach (var url in payload.Items("mediaUrls"))
            {
                media = true;
                lines.Add("MEDIA:" + url);
            }
            if (!media && payload.Text("mediaUrl") is { } only)
                lines.Add("MEDIA:" + only);
        }
        if (lines.Count > 0)
            return string.Join('\n', lines);
        var summary = final.Text("summary");
        return summary is null or "completed" ? "No reply from agent." : summary;
    }
}
