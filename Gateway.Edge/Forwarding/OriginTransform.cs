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
        // HTTP/1.0 knows requests without a host; the one of the service's address is sent in its place.
        var host = context.HttpContext.Request.Host is { HasValue: true } asked ? asked.Value : new Uri(context.DestinationPrefix).Authority;
        if (OriginSignature.Sign(secret, origin, host, time.GetUtcNow()) is { } signed)
            headers.TryAddWithoutValidation(OriginSignature.HeaderName, signed);
        else
            // Without a secret nobody believes us, but a request that came through us must not look like one from this machine.
            headers.TryAddWithoutValidation("X-Forwarded-For", origin.Address);
        return ValueTask.CompletedTask;
    }
}
