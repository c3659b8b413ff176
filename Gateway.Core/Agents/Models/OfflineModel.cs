namespace OpenClaw.Gateway.Core.Agents.Models;

/// <summary>The model that answers while none is configured, so that a fresh gateway can be tried at once.</summary>
internal static class OfflineModel
{
    public static readonly ModelRef Ref = new("openclaw", "offline");

    public static readonly ResolvedModel Resolved = new()
    {
        Info = new ModelInfo { Ref = Ref, Name = "Offline", Api = ModelApis.Offline },
        BaseUrl = new Uri("about:blank"),
    };
}
