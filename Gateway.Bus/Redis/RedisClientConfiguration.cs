using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using StackExchange.Redis;

namespace OpenClaw.Gateway.Bus.Redis;

/// <summary>The client's settings: what the operator gave, and what the bus insists on.</summary>
internal static class RedisClientConfiguration
{
    public static ConfigurationOptions Create(RedisBusOptions options)
    {
        var configuration = ConfigurationOptions.Parse(options.Configuration);
        // The bus makes new connections itself, and its scripts want to know of failures at once.
        configuration.AbortOnConnectFail = true;
        configuration.ConnectRetry = 1;
        configuration.ConnectTimeout = (int)options.CommandTimeout.TotalMilliseconds;
        configuration.AllowAdmin = false;
        // Two things the client would otherwise read and subscribe to, for roles of servers that are not used here.
        configuration.TieBreaker = "";
        configuration.ConfigurationChannel = "";
#if !REDIS_CLIENT_1
        configuration.BacklogPolicy = BacklogPolicy.FailFast;
#else
        if (configuration.Ssl)
            configuration.SslProtocols = System.Security.Authentication.SslProtocols.Tls12 | System.Security.Authentication.SslProtocols.Tls13;
#endif
        if (options.CertificateAuthorityFile is { } path)
            configuration.CertificateValidation += (_, certificate, _, errors) => IsTrusted(path, certificate, errors);
        return configuration;
    }

    /// <summary>The database of a connection string; null when it names none or is no connection string, which validation tells.</summary>
    public static int? DatabaseOf(string configuration)
    {
        try
        {
            return ConfigurationOptions.Parse(configuration).DefaultDatabase;
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private static bool IsTrusted(string path, X509Certificate? certificate, SslPolicyErrors errors)
    {
        // Only a chain that the system does not know is forgiven; a wrong name never is.
        if (certificate is null || (errors & ~SslPolicyErrors.RemoteCertificateChainErrors) != SslPolicyErrors.None)
            return false;
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.CustomTrustStore.ImportFromPemFile(path);
        using var presented = X509CertificateLoader.LoadCertificate(certificate.GetRawCertData());
        return chain.Build(presented);
    }
}
