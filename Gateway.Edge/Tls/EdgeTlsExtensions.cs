using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenClaw.ServiceDefaults.Health;

namespace OpenClaw.Gateway.Edge.Tls;

/// <summary>TLS of an edge that is a process of its own.</summary>
internal static partial class EdgeTlsExtensions
{
    public const string Section = "Edge:Tls";

    public const string Enabled = "Enabled";

    /// <summary>
    /// Reads <c>Edge:Tls</c>: <c>Enabled</c>, <c>CertPath</c> and <c>KeyPath</c> or the <c>Directory</c> of both, <c>AutoGenerate</c>. With
    /// TLS on every address that the server listens on speaks it.
    /// </summary>
    public static WebApplicationBuilder AddEdgeTls(this WebApplicationBuilder builder)
    {
        var section = builder.Configuration.GetSection(Section);
        builder.Services.AddSingleton<TlsDemand>();
        builder.Services.AddSingleton<IReadinessCheck>(static provider => provider.GetRequiredService<TlsDemand>());
        builder.WebHost.ConfigureKestrel(static kestrel => kestrel.ConfigureEndpointDefaults(static listen => listen.Protocols = HttpProtocols.Http1));
        if (!IsTrue(section, Enabled, byDefault: false))
            return builder;
        var directory = section["Directory"];
        var cert = section["CertPath"] ?? InDirectory(directory, EdgeCertificate.CertificateFile);
        var key = section["KeyPath"] ?? InDirectory(directory, EdgeCertificate.KeyFile);
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            var certificate = EdgeCertificate.LoadOrCreate(cert, key, IsTrue(section, "AutoGenerate", byDefault: true), TimeProvider.System.GetUtcNow());
            var logger = kestrel.ApplicationServices.GetRequiredService<ILoggerFactory>().CreateLogger("OpenClaw.Gateway.Edge.Tls");
            LogFingerprint(logger, EdgeCertificate.Fingerprint(certificate));
            kestrel.ConfigureEndpointDefaults(listen =>
            {
                listen.Protocols = HttpProtocols.Http1;
                listen.UseHttps(new HttpsConnectionAdapterOptions { ServerCertificate = certificate });
            });
        });
        return builder;
    }

    /// <summary>Serves nobody while the configuration wants TLS and this edge was not told how.</summary>
    public static WebApplication UseTlsDemand(this WebApplication app)
    {
        var demand = app.Services.GetRequiredService<TlsDemand>();
        app.Use(next => context => demand.InvokeAsync(context, next));
        return app;
    }

    private static string InDirectory(string? directory, string file) => directory is { Length: > 0 }
        ? Path.Combine(directory, file)
        : throw new InvalidOperationException("Edge__Tls__Enabled needs Edge__Tls__Directory, or Edge__Tls__CertPath and Edge__Tls__KeyPath.");

    private static bool IsTrue(IConfigurationSection section, string key, bool byDefault) => section[key] switch
    {
        null or "" => byDefault,
        var text when bool.TryParse(text, out var value) => value,
        var text => throw new InvalidOperationException($"Edge__Tls__{key} is '{text}'; allowed are true and false."),
    };

    [LoggerMessage(7002, LogLevel.Information, "TLS certificate SHA-256 fingerprint: {Fingerprint}")]
    private static partial void LogFingerprint(ILogger logger, string fingerprint);
}
