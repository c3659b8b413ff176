using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;

namespace OpenClaw.Gateway.Core.Http.Hooks;

/// <summary>What the templates of a mapping can speak of.</summary>
/// <param name="Path">Sub-path of the request.</param>
/// <param name="Request">For headers and query.</param>
/// <param name="Payload">The body.</param>
/// <param name="Now">When it came.</param>
internal sealed record HookTemplateValues(string Path, HttpRequest Request, JsonElement Payload, DateTimeOffset Now);

/// <summary>
/// Fills <c>{{expression}}</c>: <c>path</c>, <c>now</c>, <c>headers.&lt;name&gt;</c>, <c>query.&lt;name&gt;</c>, <c>payload.&lt;path&gt;</c>, or a path into the
/// payload. What is missing is empty, objects are JSON. What is filled in is not looked at again.
/// </summary>
internal static partial class HookTemplate
{
    /// <summary>The secrets of a request never become text for a model.</summary>
    private static readonly string[] SecretHeaders = ["authorization", "x-openclaw-token", "cookie", "proxy-authorization"];

    public static string? Fill(string? template, HookTemplateValues values) =>
        template is null ? null : ExpressionPattern().Replace(template, match => ValueOf(match.Groups[1].Value.Trim(), values));

    /// <summary>What comes has a part in the text.</summary>
    public static bool HasExpression(string? template) => template?.Contains("{{", StringComparison.Ordinal) == true;

    private static string ValueOf(string expression, HookTemplateValues values)
    {
        if (expression == "path")
            return values.Path;
        if (expression == "now")
            return values.Now.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        if (expression.StartsWith("headers.", StringComparison.Ordinal))
            return SecretHeaders.Contains(expression["headers.".Length..], StringComparer.OrdinalIgnoreCase) ? "" : values.Request.Headers[expression["headers.".Length..]].ToString();
        if (expression.StartsWith("query.", StringComparison.Ordinal))
            return values.Request.Query[expression["query.".Length..]].ToString();
        return TextOf(Follow(values.Payload, expression.StartsWith("payload.", StringComparison.Ordinal) ? expression["payload.".Length..] : expression));
    }

    private static JsonElement? Follow(JsonElement value, string path)
    {
        foreach (Match step in StepPattern().Matches(path))
        {
            if (step.Groups["index"] is { Success: true } index)
            {
                if (value.ValueKind is not JsonValueKind.Array || !int.TryParse(index.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var at) || at >= value.GetArrayLength())
                    return null;
                value = value[at];
            }
            else if (value.ValueKind is not JsonValueKind.Object || !value.TryGetProperty(step.Groups["name"].ValueSpan, out value))
            {
                return null;
            }
        }
        return value;
    }

    private static string TextOf(JsonElement? value) => value switch
    {
        null or { ValueKind: JsonValueKind.Null or JsonValueKind.Undefined } => "",
        { ValueKind: JsonValueKind.String } text => text.GetString()!,
        { } other => other.GetRawText(),
    };

    [GeneratedRegex(@"\{\{([^{}]*)\}\}")]
    private static partial Regex ExpressionPattern();

    [GeneratedRegex(@"(?:^|\.)(?<name>[^.\[\]]+)|\[(?<index>\d+)\]")]
    private static partial Regex StepPattern();
}
