/**
 * What is read of `google/protobuf/descriptor.proto`, which describes files as messages. Custom
 * options extend its option types, so they are there even where nothing of them is read.
 */
export const descriptorProto = `syntax = "proto2";
package google.protobuf;
message FileDescriptorProto {
  optional string package = 2;
  repeated string dependency = 3;
  repeated DescriptorProto message_type = 4;
  repeated EnumDescriptorProto enum_type = 5;
  optional FileOptions options = 8;
  optional string syntax = 12;
}
message DescriptorProto {
  optional string name = 1;
  repeated FieldDescriptorProto field = 2;
  repeated DescriptorProto nested_type = 3;
  repeated EnumDescriptorProto enum_type = 4;
  optional MessageOptions options = 7;
  repeated OneofDescriptorProto oneof_decl = 8;
}
message FieldDescriptorProto {
  optional string name = 1;
  optional int32 number = 3;
  optional int32 label = 4;
  optional int32 type = 5;
  optional string type_name = 6;
  optional string default_value = 7;
  optional FieldOptions options = 8;
  optional int32 oneof_index = 9;
  optional bool proto3_optional = 17;
}
message OneofDescriptorProto { optional string name = 1; }
message EnumDescriptorProto {
  optional string name = 1;
  repeated EnumValueDescriptorProto value = 2;
}
message EnumValueDescriptorProto {
  optional string name = 1;
  optional int32 number = 2;
}
message FeatureSet { optional int32 field_presence = 1; }
message FileOptions { optional FeatureSet features = 50; }
message MessageOptions {
  optional bool map_entry = 7;
  optional FeatureSet features = 12;
}
message FieldOptions { optional FeatureSet features = 21; }
message OneofOptions {}
message EnumOptions {}
message EnumValueOptions {}
message ServiceOptions {}
message MethodOptions {}
`;
