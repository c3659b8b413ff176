using System.Globalization;
using System.Text.Json.Nodes;

namespace OpenClaw.Gateway.Core.Configuration.Loading;

/// <summary>
/// Numbers that convert to whatever numeric type a reader asks for. <c>JsonValue.Create(5)</c> would answer only to
/// the type it was created from; a parsed number answers to all that hold it.
/// </summary>
internal static class JsonNumber
{
    public static JsonValue Create(long value) => JsonNode.Parse(value.ToString(CultureInfo.InvariantCulture))!.AsValue();

    public static JsonValue Create(double value) => JsonNode.Parse(value.ToString("R", CultureInfo.InvariantCulture))!.AsValue();
}
