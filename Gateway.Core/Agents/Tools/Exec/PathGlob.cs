using System.Text;
using System.Text.RegularExpressions;

namespace OpenClaw.Gateway.Core.Agents.Tools.Exec;

/// <summary>Matches program paths: <c>*</c> stays inside one directory, <c>**</c> crosses them, letters match in both cases.</summary>
internal static class PathGlob
{
    public static bool Matches(string pattern, string path, string homeDir)
    {
        var glob = pattern.Trim();
        if (glob.Length == 0)
            return false;
        if (glob == "~" || glob.StartsWith("~/", StringComparison.Ordinal))
            glob = homeDir + glob[1..];
        // Without backtracking the time grows with the text alone; a limit in seconds would refuse a command because the machine is busy.
        return Regex.IsMatch(path, Translate(glob), RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking, Regex.InfiniteMatchTimeout);
    }

    /// <summary>Whether a path stands for itself alone when it is used as a pattern.</summary>
    public static bool IsLiteral(string path) => path.IndexOfAny(['*', '?']) < 0 && path.Trim().Length == path.Length;

    private static string Translate(string glob)
    {
        var expression = new StringBuilder(@"\A");
        for (var i = 0; i < glob.Length; i++)
        {
            if (glob[i] == '*' && i + 1 < glob.Length && glob[i + 1] == '*')
            {
                expression.Append(".*");
                i++;
            }
            else if (glob[i] == '*')
            {
                expression.Append("[^/]*");
            }
            else if (glob[i] == '?')
            {
                expression.Append("[^/]");
            }
            else
            {
                expression.Append(Regex.Escape(glob[i].ToString()));
            }
        }
        return expression.Append(@"\z").ToString();
    }
}
