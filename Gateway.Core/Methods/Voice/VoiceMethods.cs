using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using OpenClaw.Gateway.Core.Dispatch;
using OpenClaw.Gateway.Core.Voice;
using OpenClaw.Gateway.Protocol.Errors;
using OpenClaw.Gateway.Protocol.Methods;

namespace OpenClaw.Gateway.Core.Methods.Voice;

/// <summary>Adds the methods about listening and speaking.</summary>
internal static class VoiceMethods
{
    public static IServiceCollection AddVoiceMethods(this IServiceCollection services)
    {
        services.AddSingleton<VoiceSettings>();
        services.AddSingleton<GatewayMethod, VoiceWakeGetMethod>();
        services.AddSingleton<GatewayMethod, VoiceWakeSetMethod>();
        services.AddSingleton<GatewayMethod, TalkModeMethod>();
        services.AddSingleton<GatewayMethod, TtsStatusMethod>();
        services.AddSingleton<GatewayMethod, TtsProvidersMethod>();
        services.AddSingleton<GatewayMethod>(static provider => new TtsSwitchMethod(provider.GetRequiredService<VoiceSettings>(), on: true));
        services.AddSingleton<GatewayMethod>(static provider => new TtsSwitchMethod(provider.GetRequiredService<VoiceSettings>(), on: false));
        services.AddSingleton<GatewayMethod, TtsSetProviderMethod>();
        services.AddSingleton<GatewayMethod>(new RefusedMethod<JsonElement>(GatewayMethods.TtsConvert, static parameters => parameters.Text("text") is null
            ? ErrorShape.InvalidRequest("tts.convert requires text")
            : ErrorShape.Unavailable("this gateway cannot speak: no speech provider is built in")));
        return services;
    }
}
