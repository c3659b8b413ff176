using System.Security.Cryptography;
using System.Text;
using OpenClaw.Gateway.Core.Agents.Models;
using OpenClaw.Gateway.Core.Agents.Providers;

namespace OpenClaw.Gateway.Core.Agents.Runs;

/// <summary>Makes tool call ids that one provider gave acceptable to another: always the same id for the same call.</summary>
internal sealed class ToolIds(ResolvedModel model)
{
    /// <summary>The longest id Anthropic and OpenAI both accept.</summary>
    private const int MaxChars = 40;

    private const int MistralChars = 9;

    private readonly bool _mistral = model.Info.Api == ModelApis.OpenAiCompletions && EffectiveCompat.Of(model).RequiresMistralToolIds;

    public string Of(string id)
    {
        if (_mistral)
            return id.Length == MistralChars && id.All(char.IsAsciiLetterOrDigit) ? id : Short(id, MistralChars);
        var acceptable = id.Length is > 0 and <= MaxChars && id.All(static c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-');
        return acceptable ? id : $"call_{Short(id, 24)}";
    }

    private static string Short(string id, int length) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(id)))[..length];
}
