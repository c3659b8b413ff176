using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace OpenClaw.Gateway.Core.Agents.Tools.Files;

/// <summary>Writes a whole file.</summary>
internal sealed class WriteTool(RootedDirectory workspace) : IAgentTool
{
    private static readonly JsonElement Schema = Schemas.Parse("""
        {
          "type": "object",
          "properties": {
            "path": { "type": "string", "description": "File to write, relative to the workspace or absolute" },
            "content": { "type": "string", "description": "The whole new content" }
          },
          "required": ["path", "content"]
        }
        """);

    public string Name => "write";

    public string Description => "Write a file. Makes missing directories, and replaces what was there.";

    public JsonElement Parameters => Schema;

    public IReadOnlyDictionary<string, string> ArgumentAliases => FileArguments.Aliases;

    public string? Summarize(JsonObject arguments) => arguments.Text("path") ?? arguments.Text("file_path");

    public async Task<ToolResult> ExecuteAsync(ToolInvocation invocation, CancellationToken cancellationToken)
    {
        var path = invocation.Arguments.Text("path")!;
        var bytes = Encoding.UTF8.GetBytes(invocation.Arguments.Text("content")!);
        try
        {
            await workspace.Resolve(path).WriteAllBytesAsync(bytes, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return ToolResult.FromError(Name, e.Message);
        }
        return ToolResult.FromText(string.Create(CultureInfo.InvariantCulture, $"Successfully wrote {bytes.Length} bytes to {path}"));
    }
}
