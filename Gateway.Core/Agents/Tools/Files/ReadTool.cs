using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using OpenClaw.Gateway.Core.Agents.Messages;

namespace OpenClaw.Gateway.Core.Agents.Tools.Files;

/// <summary>Reads a text file piece by piece, or a picture as a whole.</summary>
internal sealed class ReadTool(RootedDirectory workspace) : IAgentTool
{
    /// <summary>The largest piece of text in one answer, as in the peer.</summary>
    private const int MaxLines = 2000;
    private const int MaxTextBytes = 50 * 1024;

    /// <summary>A larger file is not searched for lines; tools of the shell do that better.</summary>
    private const long MaxFileBytes = 64 * 1024 * 1024;

    /// <summary>The largest picture providers take.</summary>
    private const int MaxImageBytes = 5 * 1024 * 1024;

    private static readonly JsonElement Schema = Schemas.Parse("""
        {
          "type": "object",
          "properties": {
            "path": { "type": "string", "description": "File to read, relative to the workspace or absolute" },
            "offset": { "type": "number", "description": "First line to read, counted from 1" },
            "limit": { "type": "number", "description": "Most lines to read" }
          },
          "required": ["path"]
        }
        """);

    public string Name => "read";

    public string Description =>
        "Read a file. Text is cut after 2000 lines or 50 KB, whichever comes first; use offset and limit to go on. Pictures (jpg, png, gif, webp) are shown to you.";

    public JsonElement Parameters => Schema;

    public IReadOnlyDictionary<string, string> ArgumentAliases => FileArguments.Aliases;

    public string? Summarize(JsonObject arguments)
    {
        if ((arguments.Text("path") ?? arguments.Text("file_path")) is not { } path)
            return null;
        return (arguments.Int("offset"), arguments.Int("limit")) switch
        {
            ({ } offset, { } limit) => string.Create(CultureInfo.InvariantCulture, $"{path}:{offset}-{offset + limit}"),
            ({ } offset, null) => string.Create(CultureInfo.InvariantCulture, $"{path}:{offset}"),
            _ => path,
        };
    }

    public async Task<ToolResult> ExecuteAsync(ToolInvocation invocation, CancellationToken cancellationToken)
    {
        var path = invocation.Arguments.Text("path")!;
        try
        {
            await using var file = workspace.Resolve(path).OpenRead();
            if (file.Length > MaxFileBytes)
                return ToolResult.FromError(Name, string.Create(CultureInfo.InvariantCulture, $"{path} has {file.Length / 1024 / 1024} MB, too large to read as a whole. Use exec with sed, head or grep."));
            var content = new byte[file.Length];
            var length = await file.ReadAtLeastAsync(content, content.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
            var bytes = content.AsMemory(0, length);
            if (ImageType.Of(bytes.Span) is { } mimeType)
                return ReadImage(path, bytes, mimeType);
            return ReadText(path, Encoding.UTF8.GetString(bytes.Span), invocation.Arguments.Int("offset"), invocation.Arguments.Int("limit"));
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return ToolResult.FromError(Name, $"ENOENT: no such file or directory, access '{workspace.Display(path)}'");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            return ToolResult.FromError(Name, e.Message);
        }
    }

    private ToolResult ReadImage(string path, ReadOnlyMemory<byte> bytes, string mimeType)
    {
        if (bytes.Length > MaxImageBytes)
            return ToolResult.FromError(Name, string.Create(CultureInfo.InvariantCulture, $"{path} is a picture of {bytes.Length / 1024.0 / 1024.0:0.0} MB; at most 5 MB can be shown. Make it smaller first."));
        return new ToolResult([new TextBlock($"Read image file [{mimeType}]"), new ImageBlock(Convert.ToBase64String(bytes.Span), mimeType)]);
    }

    private ToolResult ReadText(string path, string text, int? offset, int? limit)
    {
        var lines = text.Split('\n');
        var first = Math.Max(1, offset ?? 1) - 1;
        if (first >= lines.Length)
            return ToolResult.FromError(Name, string.Create(CultureInfo.InvariantCulture, $"Offset {offset} is beyond end of file ({lines.Length} lines total)"));
        var wanted = Math.Min(lines.Length - first, Math.Max(1, limit ?? int.MaxValue));
        var taken = 0;
        var size = 0;
        while (taken < Math.Min(wanted, MaxLines))
        {
            var bytes = Encoding.UTF8.GetByteCount(lines[first + taken]) + 1;
            if (size + bytes > MaxTextBytes + 1)
                break;
            size += bytes;
            taken++;
        }
        if (taken == 0)
            return ToolResult.FromText(string.Create(CultureInfo.InvariantCulture, $"[Line {first + 1} alone is longer than 50 KB. Use exec, for example: sed -n '{first + 1}p' {path} | head -c 50000]"));
        var shown = string.Join('\n', lines, first, taken);
        return ToolResult.FromText(shown + Note(first, taken, wanted, lines.Length));
    }

    private static string Note(int first, int taken, int wanted, int total)
    {
        var next = first + taken + 1;
        if (taken < wanted)
            return string.Create(CultureInfo.InvariantCulture, $"\n\n[Showing lines {first + 1}-{first + taken} of {total}{(taken < MaxLines ? " (50.0KB limit)" : "")}. Use offset={next} to continue.]");
        var left = total - first - taken;
        return left > 0 ? string.Create(CultureInfo.InvariantCulture, $"\n\n[{left} more lines in file. Use offset={next} to continue.]") : "";
    }
}
