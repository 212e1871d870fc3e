export KOPS_STATE_STORE="s3://contador-kops-estado"
export ZONAS="us-east-1a,us-east-1b,us-east-1c"
kops create cluster contador.example.com \
  --zones $ZONAS --control-plane-zones $ZONAS \
  --control-plane-size t3.medium \
  --node-size m5.large --node-count 2 \
  --networking cilium \
  --yes
