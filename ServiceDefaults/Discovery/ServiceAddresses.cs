using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace OpenClaw.ServiceDefaults.Discovery;

/// <summary>
/// Where the other services are, from the variables that Aspire injects: <c>services__core__http__0</c>, <c>services__core__http__1</c>, …
/// or <c>services__core__https__0</c>.
/// </summary>
public static class ServiceAddresses
{
    /// <summary>The addresses of a service in their order; empty when it is not part of this composition. TLS is preferred where both are given.</summary>
    /// <param name="configuration">Configuration with the environment in it.</param>
    /// <param name="service">Name of the service, e.g. <c>core</c>.</param>
    /// <exception cref="InvalidOperationException">A variable holds no address; the message names the variable, its value and what is allowed.</exception>
    public static IReadOnlyList<Uri> Of(IConfiguration configuration, string service)
    {
        var endpoints = configuration.GetSection("services").GetSection(service);
        var secure = Read(endpoints, service, "https");
        return secure.Count > 0 ? secure : Read(endpoints, service, "http");
    }

    private static List<Uri> Read(IConfigurationSection endpoints, string service, string scheme)
    {
        var addresses = new List<Uri>();
        for (var number = 0; endpoints.GetSection(scheme)[number.ToString(CultureInfo.InvariantCulture)] is { Length: > 0 } text; number++)
        {
            if (!Uri.TryCreate(text, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https") || address.PathAndQuery != "/")
                throw new InvalidOperationException($"services__{service}__{scheme}__{number} is '{text}'; allowed is an address such as http://127.0.0.1:5001.");
            addresses.Add(address);
        }
        return addresses;
    }
}
