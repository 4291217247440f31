/** A policy that changes nothing, with every setting explained; what `policy init` writes. */
export const defaultPolicyText = `# What this team counts as sensitive, and how much. Check it with: sensitivity policy check FILE
# Everything but the version may be left out; the values shown are the defaults. To use what is
# commented out, take away the [] or {} before it.
version: 1

# Findings less sure than this do not count; from 0 to 1, in steps of 0.01.
min_confidence: 0.5

# Card networks' test numbers, documentation addresses and the like: true counts them as others.
count_test_values: false

# What a type weighs in the score (0 to 1), how sure its findings must be, or that it is off.
types: {}
#  email: { weight: 0.05 }
#  us_ssn: { min_confidence: 0.7 }
#  iban: { off: true }

# The lowest score of each label; below internal a file is public.
labels:
  internal: 10
  confidential: 40
  restricted: 75

# Labels that files get whatever their score; none takes one away.
floors:
  types: {}
#    email: internal
#    credit_card: restricted
  many_people: { count: 10, label: restricted }
  health_with_identity: restricted

# Types of your own.
detectors: []
#  - id: project_name
#    description: Projects nobody outside may know of
#    category: confidentiality
#    label: confidential
#    keywords: [Bluebird, Project Heron]
#  - id: employee_number
#    category: identity
#    weight: 0.2
#    patterns:
#      - '\\bE-\\d{6}\\b'
#      - { regex: '\\b\\d{8}\\b', name: without prefix, confidence: 0.3 }
#    context: [employee, staff, personnel number]
#    validator: luhn
#    normalise: digits
#  - id: customer
#    dictionary: { file: customers.txt }

# Whether the text that pictures show is read too, which takes seconds for each page.
images:
  ocr: false

# What is no finding although it looks like one: for all types, or for those named.
allow:
  values: []
#    - info@example.com
#    - { value: '+49 30 1234567', types: [phone_number], reason: our own switchboard }
  patterns: []
#    - '.*@example\\.com'
  paths: []
#    - test/fixtures/**
  fingerprints: []
`;
