using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using OpenClaw.Gateway.Edge.Settings;
using OpenClaw.Gateway.Protocol.Services;
using OpenClaw.ServiceDefaults.Answers;
using OpenClaw.ServiceDefaults.Health;

namespace OpenClaw.Gateway.Edge.Tls;

/// <summary>
/// The configuration's <c>gateway.tls</c> belongs to the core, and the certificate to the edge. An edge that was not told what to do about it
/// serves nobody, rather than secrets in the clear.
/// </summary>
internal sealed partial class TlsDemand : IReadinessCheck, IDisposable
{
    private const string Reason =
        "gateway.tls is on in the configuration, and this edge was not told how to serve TLS: set Edge__Tls__Enabled=true with Edge__Tls__Directory, "
        + "or with Edge__Tls__CertPath and Edge__Tls__KeyPath; or Edge__Tls__Enabled=false where TLS ends in front of it.";

    private readonly EdgeSettingsStore _settings;
    private readonly ILogger _logger;
    private readonly bool _isSettled;

    public TlsDemand(EdgeSettingsStore settings, IConfiguration configuration, ILogger<TlsDemand> logger)
    {
        _settings = settings;
        _logger = logger;
        _isSettled = !string.IsNullOrEmpty(configuration.GetSection(EdgeTlsExtensions.Section)[EdgeTlsExtensions.Enabled]);
        settings.Changed += OnChanged;
    }

    private bool IsOpen => !_isSettled && _settings.Current.Tls;

    public IEnumerable<string> Reasons() => IsOpen ? [Reason] : [];

    public Task InvokeAsync(HttpContext context, RequestDelegate next) => IsOpen ? JsonAnswers.UnavailableAsync(context, Reason, retryAfterSeconds: 60) : next(context);

    public void Dispose() => _settings.Changed -= OnChanged;

    private void OnChanged(EdgeSettings settings)
    {
        if (IsOpen)
            LogOpen(_logger, Reason);
    }

    [LoggerMessage(7006, LogLevel.Critical, "{Reason}")]
    private static partial void LogOpen(ILogger logger, string reason);
}
