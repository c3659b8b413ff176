namespace OpenClaw.Gateway.Protocol.Generation;

/// <summary>The two Swift types that the generated structures need and Foundation lacks.</summary>
internal static class SwiftSupport
{
    public static void Write(ModelText text)
    {
        foreach (var line in Source.Split('\n'))
            text.Line(line);
    }

    private const string Source =
        """

        /// Any JSON value.
        public enum JSONValue: Codable, Equatable, Sendable {
            case null
            case bool(Bool)
            case integer(Int64)
            case number(Double)
            case string(String)
            case array([JSONValue])
            case object([String: JSONValue])

            public init(from decoder: Decoder) throws {
                let container = try decoder.singleValueContainer()
                if container.decodeNil() {
                    self = .null
                } else if let value = try? container.decode(Bool.self) {
                    self = .bool(value)
                } else if let value = try? container.decode(Int64.self) {
                    self = .integer(value)
                } else if let value = try? container.decode(Double.self) {
                    self = .number(value)
                } else if let value = try? container.decode(String.self) {
                    self = .string(value)
                } else if let value = try? container.decode([JSONValue].self) {
                    self = .array(value)
                } else {
                    self = .object(try container.decode([String: JSONValue].self))
                }
            }

            public func encode(to encoder: Encoder) throws {
                var container = encoder.singleValueContainer()
                switch self {
                case .null: try container.encodeNil()
                case .bool(let value): try container.encode(value)
                case .integer(let value): try container.encode(value)
                case .number(let value): try container.encode(value)
                case .string(let value): try container.encode(value)
                case .array(let value): try container.encode(value)
                case .object(let value): try container.encode(value)
                }
            }
        }

        /// A value, or `null` where `null` says something else than absence.
        public enum OrNull<Value: Codable & Equatable & Sendable>: Codable, Equatable, Sendable {
            case null
            case value(Value)

            public init(from decoder: Decoder) throws {
                let container = try decoder.singleValueContainer()
                self = container.decodeNil() ? .null : .value(try container.decode(Value.self))
            }

            public func encode(to encoder: Encoder) throws {
                var container = encoder.singleValueContainer()
                switch self {
                case .null: try container.encodeNil()
                case .value(let value): try container.encode(value)
                }
            }
        }
        """;
}
