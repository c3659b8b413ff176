using System.Text.Json;
using OpenClaw.Cli.Output;

namespace OpenClaw.Cli.Commands.Logs;

/// <summary>An answer of <c>logs.tail</c>.</summary>
internal sealed record LogPiece(string File, long Cursor, long Size, IReadOnlyList<string> Lines, bool Truncated, bool Reset)
{
    public static LogPiece Read(ReadOnlyMemory<byte> payload)
    {
        using var document = JsonDocument.Parse(payload);
        var root = document.RootElement;
        var lines = new List<string>();
        foreach (var line in root.Items("lines"))
        {
            if (line.ValueKind is JsonValueKind.String)
                lines.Add(line.GetString()!);
        }
        return new LogPiece(
            root.Text("file") ?? "", root.Integer("cursor") ?? 0, root.Integer("size") ?? 0, lines, root.Flag("truncated") == true, root.Flag("reset") == true);
    }
}
