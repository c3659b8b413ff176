using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace OpenClaw.Gateway.Core.Onboarding;

/// <summary>JSON of the files that people read.</summary>
[JsonSerializable(typeof(JsonObject))]
internal sealed partial class OnboardingJson : JsonSerializerContext
{
    public static OnboardingJson Indented { get; } = new(new JsonSerializerOptions { WriteIndented = true });
}
