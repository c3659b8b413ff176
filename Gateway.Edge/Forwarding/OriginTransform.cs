using OpenClaw.Gateway.Edge.Settings;
using OpenClaw.ServiceDefaults.Trust;
using Yarp.ReverseProxy.Transforms;

namespace OpenClaw.Gateway.Edge.Forwarding;

/// <summary>Tells the service behind who its client is, signed, in place of everything that the client says about itself.</summary>
internal sealed class OriginTransform(EdgeSettingsStore settings, ServiceSecret secret, TimeProvider time) : RequestTransform
{
    public override ValueTask ApplyAsync(RequestTransformContext context)
    {
        var headers = context.ProxyRequest.Headers;
        ClientOrigin.RemoveForwarding(name => headers.Remove(name));
        var origin = ClientOrigin.Of(context.HttpContext, settings.Current.TrustedProxies);
        if (OriginSignature.Sign(secret, origin, context.HttpContext.Request.Host.Value ?? "", time.GetUtcNow()) is { } signed)
            headers.TryAddWithoutValidation(OriginSignature.HeaderName, signed);
        else
            // Without a secret nobody believes us, but a request that came through us must not look like one from this machine.
            headers.TryAddWithoutValidation("X-Forwarded-For", origin.Address);
        return ValueTask.CompletedTask;
    }
}
