using System.Text.Json.Nodes;
using OpenClaw.Gateway.Core.Configuration.Json5;
using OpenClaw.Gateway.Core.Configuration.Loading;
using OpenClaw.Gateway.Core.Configuration.Redaction;

namespace OpenClaw.Gateway.Core.Configuration.Writing;

/// <summary>Keeps <c>${NAME}</c> in the file where a change only says what it stands for: a secret that lives in a variable is not copied into the file.</summary>
internal static class ReferenceRestore
{
    /// <param name="incoming">The text to save.</param>
    /// <param name="current">The file as it is; null without a readable one.</param>
    /// <param name="resolved">What it means.</param>
    public static string Apply(Json5Document incoming, Json5Document? current, JsonObject resolved)
    {
        if (current is null || !current.Text.Contains('$', StringComparison.Ordinal))
            return incoming.Text;
        var replacements = new List<(Json5Node Value, Json5Node Reference)>();
        Visit(incoming.Root, current.Root, resolved, replacements);
        var text = incoming.Text;
        foreach (var (value, reference) in replacements.OrderByDescending(static item => item.Value.Start))
            text = text[..value.Start] + current.Text[reference.Start..reference.End] + text[value.End..];
        return text;
    }

    private static void Visit(Json5Node incoming, Json5Node? current, JsonNode? resolved, List<(Json5Node Value, Json5Node Reference)> replacements)
    {
        switch (incoming)
        {
            case Json5Object obj:
                foreach (var member in obj.Members)
                    Visit(member.Value, (current as Json5Object)?.Find(member.Name)?.Value, (resolved as JsonObject)?[member.Name], replacements);
                break;
            case Json5Array array:
                for (var i = 0; i < array.Items.Count; i++)
                    Visit(array.Items[i], MarkerRestore.MatchNode(array, i, current as Json5Array), MarkerRestore.MatchNode(array, i, resolved as JsonArray), replacements);
                break;
            case Json5String text when current is Json5String written && written.Value != text.Value && written.Value.Contains("${", StringComparison.Ordinal)
                && JsonKinds.IsString(resolved, out var value) && value == text.Value:
                replacements.Add((text, written));
                break;
        }
    }
}
