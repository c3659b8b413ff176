namespace OpenClaw.Gateway.Core.Agents.Tools.Files;

internal static class FileArguments
{
    /// <summary>The names Claude models are trained on.</summary>
    public static readonly IReadOnlyDictionary<string, string> Aliases = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["file_path"] = "path",
        ["old_string"] = "oldText",
        ["new_string"] = "newText",
    };
}
