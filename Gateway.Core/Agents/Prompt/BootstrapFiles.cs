using System.Globalization;
using System.Text;
using OpenClaw.Gateway.Protocol.Methods.Agents;

namespace OpenClaw.Gateway.Core.Agents.Prompt;

/// <summary>Puts workspace files into the prompt, long ones cut in their middle.</summary>
internal static class BootstrapFiles
{
    /// <summary>Of a file that is too long the beginning and the end stay, in these shares of the limit.</summary>
    private const double HeadShare = 0.7;
    private const double TailShare = 0.2;

    public static (string Text, IReadOnlyList<SystemPromptFile> Files) Inject(IReadOnlyList<WorkspaceFile> files, int maxChars)
    {
        var text = new StringBuilder();
        var reports = new List<SystemPromptFile>(files.Count);
        if (files.Any(static file => file is { Name: "SOUL.md", Content.Length: > 0 }))
            text.Append("SOUL.md describes your character: live it, unless a higher rule says otherwise.\n");
        foreach (var file in files)
        {
            var content = file.Content is null ? $"[MISSING] Expected at: {file.Path}" : Cut(file.Name, file.Content.TrimEnd(), maxChars);
            // An empty file says nothing; a heading alone would look like something was lost.
            var injected = content.Trim().Length == 0 ? 0 : content.Length;
            if (injected > 0)
                text.Append("## ").Append(file.Name).Append('\n').Append(content).Append('\n');
            var raw = file.Content?.TrimEnd().Length ?? 0;
            reports.Add(new SystemPromptFile
            {
                Name = file.Name,
                Path = file.Path,
                Missing = file.Content is null,
                RawChars = raw,
                InjectedChars = injected,
                Truncated = raw > maxChars,
            });
        }
        return (text.ToString(), reports);
    }

    private static string Cut(string name, string content, int maxChars)
    {
        if (content.Length <= maxChars)
            return content;
        var head = SafeEnd(content, (int)(maxChars * HeadShare));
        var tail = SafeStart(content, content.Length - (int)(maxChars * TailShare));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{content[..head]}\n[… {tail - head} characters of {name} are left out here.]\n[Read {name} in the workspace for the whole text.]\n{content[tail..]}");
    }

    private static int SafeEnd(string text, int end) => end > 0 && char.IsHighSurrogate(text[end - 1]) ? end - 1 : end;

    private static int SafeStart(string text, int start) => start < text.Length && char.IsLowSurrogate(text[start]) ? start + 1 : start;
}
