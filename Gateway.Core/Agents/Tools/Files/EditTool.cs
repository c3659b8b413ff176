using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace OpenClaw.Gateway.Core.Agents.Tools.Files;

/// <summary>Replaces one piece of text in a file.</summary>
internal sealed class EditTool(RootedDirectory workspace) : IAgentTool
{
    /// <summary>Far above any file a model edits by quoting it.</summary>
    private const long MaxFileBytes = 32 * 1024 * 1024;

    private const char ByteOrderMark = '\uFEFF';

    private static readonly JsonElement Schema = Schemas.Parse("""
        {
          "type": "object",
          "properties": {
            "path": { "type": "string", "description": "File to edit, relative to the workspace or absolute" },
            "oldText": { "type": "string", "description": "Text to replace; it must occur exactly once, spaces and line ends included" },
            "newText": { "type": "string", "description": "Text to put in its place" }
          },
          "required": ["path", "oldText", "newText"]
        }
        """);

    public string Name => "edit";

    public string Description => "Edit a file by replacing an exact piece of its text. The piece must occur exactly once, spaces and line ends included.";

    public JsonElement Parameters => Schema;

    public IReadOnlyDictionary<string, string> ArgumentAliases => FileArguments.Aliases;

    public string? Summarize(JsonObject arguments) => arguments.Text("path") ?? arguments.Text("file_path");

    public async Task<ToolResult> ExecuteAsync(ToolInvocation invocation, CancellationToken cancellationToken)
    {
        var path = invocation.Arguments.Text("path")!;
        try
        {
            var file = workspace.Resolve(path);
            var original = await ReadAsync(file, cancellationToken).ConfigureAwait(false);
            if (original is null)
                return ToolResult.FromError(Name, $"{path} is too large to edit.");
            var (edited, details, error) = Replace(path, original, invocation.Arguments.Text("oldText")!, invocation.Arguments.Text("newText")!);
            if (error is not null)
                return ToolResult.FromError(Name, error);
            await file.WriteAllBytesAsync(Encoding.UTF8.GetBytes(edited), cancellationToken).ConfigureAwait(false);
            return ToolResult.FromText($"Successfully replaced text in {path}.", details);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return ToolResult.FromError(Name, $"File not found: {path}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            return ToolResult.FromError(Name, e.Message);
        }
    }

    private static async Task<string?> ReadAsync(RootedPath path, CancellationToken cancellationToken)
    {
        await using var file = path.OpenRead();
        if (file.Length > MaxFileBytes)
            return null;
        var content = new byte[file.Length];
        var length = await file.ReadAtLeastAsync(content, content.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
        return Encoding.UTF8.GetString(content, 0, length);
    }

    private static (string Edited, JsonObject? Details, string? Error) Replace(string path, string original, string oldText, string newText)
    {
        // Models write line feeds, whatever the file has; a byte order mark they never see.
        var mark = original.StartsWith(ByteOrderMark) ? ByteOrderMark.ToString() : "";
        var windows = original.Contains("\r\n", StringComparison.Ordinal);
        var text = Unix(original[mark.Length..]);
        var search = Unix(oldText);
        var replacement = Unix(newText);
        if (search.Length == 0)
            return ("", null, "oldText is empty. Use write to make a new file.");
        var at = text.IndexOf(search, StringComparison.Ordinal);
        if (at < 0)
            return ("", null, $"Could not find the exact text in {path}. The old text must match exactly including all whitespace and newlines.");
        var count = Count(text, search);
        if (count > 1)
            return ("", null, string.Create(CultureInfo.InvariantCulture, $"Found {count} occurrences of the text in {path}. The text must be unique. Please provide more context to make it unique."));
        if (search == replacement)
            return ("", null, $"No changes made to {path}. The new text is the same as the old one.");
        var edited = string.Concat(text.AsSpan(0, at), replacement, text.AsSpan(at + search.Length));
        var details = EditDiff.Describe(text, edited, at, search.Length, replacement.Length);
        return (mark + (windows ? edited.Replace("\n", "\r\n", StringComparison.Ordinal) : edited), details, null);
    }

    private static string Unix(string text) => text.Replace("\r\n", "\n", StringComparison.Ordinal);

    private static int Count(string text, string search)
    {
        var count = 0;
        for (var at = text.IndexOf(search, StringComparison.Ordinal); at >= 0; at = text.IndexOf(search, at + search.Length, StringComparison.Ordinal))
            count++;
        return count;
    }
}
