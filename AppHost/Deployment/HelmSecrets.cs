using System.Text.RegularExpressions;
using Aspire.Hosting.Kubernetes.Resources;

namespace OpenClaw.AppHost.Deployment;

/// <summary>
/// What the generator writes as text with values put into it. In base64 a value can hold any character without changing the file around it; and an
/// installation without one that is needed ends with a sentence that names it.
/// </summary>
internal static partial class HelmSecrets
{
    /// <summary>Without these nothing works, or everybody is let in. A key of a model can be missing.</summary>
    private static readonly string[] Required = ["redis_password", "service_secret", "gateway_token"];

    /// <summary>Moves the texts to the encoded data.</summary>
    /// <param name="secret">The secret of a resource; null for none.</param>
    public static void Seal(Secret? secret)
    {
        if (secret is null)
            return;
        foreach (var (name, text) in secret.StringData)
            secret.Data[name] = "{{ " + Expression(text) + " | b64enc }}";
        secret.StringData.Clear();
    }

    /// <summary>With backquotes, which need no escape within YAML's quotes.</summary>
    private static string Expression(string text)
    {
        var values = Placeholder().Matches(text).Select(static match => Value(match.Groups[1].Value)).ToList();
        var format = Placeholder().Replace(text.Replace("%", "%%", StringComparison.Ordinal), "%s");
        return values is [var only] && format == "%s" ? only : $"printf `{format}` {string.Join(' ', values.Select(static value => $"({value})"))}";
    }

    private static string Value(string path) => Required.Contains(path.Split('.')[^1])
        ? $"required `{path["Values.".Length..]} is not set` .{path} | toString"
        : $".{path} | default `` | toString";

    [GeneratedRegex(@"\{\{\s*\.(Values\.[\w.]+)\s*\}\}")]
    private static partial Regex Placeholder();
}
