using System.Text;

namespace OpenClaw.Gateway.Core.Configuration;

/// <summary>
/// <c>.env</c> files: <c>NAME=value</c> lines, <c>#</c> comments, an optional <c>export</c>, values bare or quoted
/// with <c>'</c>, <c>"</c> or <c>`</c> (a quoted value may span lines; <c>\n</c> and <c>\r</c> are escapes inside <c>"</c>).
/// </summary>
internal static class DotEnvFile
{
    /// <summary>Adds the file's variables that are not set yet. A file that is absent or unreadable adds none.</summary>
    public static void LoadInto(Dictionary<string, string> variables, string path)
    {
        string text;
        try
        {
            text = File.ReadAllText(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The file is optional and its absence the normal case; a directory or a file of someone else's counts as absent.
            return;
        }
        foreach (var (name, value) in Parse(text))
            variables.TryAdd(name, value);
    }

    /// <summary>The variables in file order; of two with one name the last counts, so it comes first here.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Parse(string text)
    {
        var found = new Dictionary<string, string>();
        var offset = 0;
        while (offset < text.Length)
        {
            var lineEnd = EndOfLine(text, offset);
            var equals = text.IndexOf('=', offset, lineEnd - offset);
            var name = equals < 0 ? "" : NameOf(text[offset..equals]);
            if (name.Length == 0)
                offset = lineEnd + 1;
            else
                found[name] = ReadValue(text, equals + 1, lineEnd, out offset);
        }
        return found;
    }

    private static string NameOf(string left)
    {
        left = left.Trim();
        if (left.StartsWith("export ", StringComparison.Ordinal))
            left = left["export ".Length..].TrimStart();
        return left.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or '-') ? left : "";
    }

    private static string ReadValue(string text, int start, int lineEnd, out int next)
    {
        while (start < lineEnd && text[start] is ' ' or '\t')
            start++;
        if (start < lineEnd && text[start] is '"' or '\'' or '`')
        {
            var quote = text[start];
            var close = ClosingQuote(text, start + 1, quote);
            if (close >= 0)
            {
                next = EndOfLine(text, close) + 1;
                var inner = text[(start + 1)..close];
                return quote == '"' ? Unescape(inner) : inner;
            }
        }
        next = lineEnd + 1;
        var value = text[start..lineEnd];
        var comment = value.IndexOf('#', StringComparison.Ordinal);
        return (comment >= 0 ? value[..comment] : value).Trim();
    }

    private static int ClosingQuote(string text, int from, char quote)
    {
        for (var i = from; i < text.Length; i++)
        {
            if (text[i] == '\\')
                i++;
            else if (text[i] == quote)
                return i;
        }
        return -1;
    }

    private static string Unescape(string value) =>
        new StringBuilder(value).Replace("\\n", "\n").Replace("\\r", "\r").ToString();

    private static int EndOfLine(string text, int from)
    {
        var end = text.IndexOf('\n', from);
        return end < 0 ? text.Length : end;
    }
}
